//! See `rules/autoscaled-desired-count.md`.

use super::prelude::*;

/// Reports desired counts that autoscaling changes and updates reset.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.traits().is_declarative) {
        let desired = service.view.field("desiredCount");
        let Some(place) = desired.certainly() else { continue };
        let Some(target) = service.scaling_target().filter(|_| !service.ignores("desiredCount")) else {
            continue;
        };
        if is_constant(project.view(target), desired) {
            continue;
        }
        let (when, help) = if service.traits().can_ignore_changes {
            ("each apply", "add `lifecycle { ignore_changes = [desired_count] }`".to_owned())
        } else {
            ("each update of the service", format!("remove `{desired}`; updates then keep the current count"))
        };
        report.add(
            Finding::at(place, format!("{when} resets `{desired}`, which autoscaling manages"))
                .label(target.header, "the autoscaling target of this service")
                .help(help),
        );
    }
}

/// Returns `true` if autoscaling cannot change the desired count, because both of its bounds are this number.
fn is_constant(target: View, desired: Field) -> bool {
    let [least, most] = target.fields(["MinCapacity", "MaxCapacity"]).map(|bound| bound.int().known());
    let desired = desired.int().known();
    desired.is_some() && least == desired && most == desired
}
