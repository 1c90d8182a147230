//! See `rules/autoscaled-desired-count.md`.

use super::prelude::*;

/// Reports counts that Terraform sets back while autoscaling moves them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.traits().is_declarative) {
        let Some(place) = service.view.certainly("desiredCount") else { continue };
        let Some(target) = service.scaling_target().filter(|_| !service.ignores("desiredCount")) else {
            continue;
        };
        report.add(
            Finding::at(place, "each apply sets back the number of tasks that autoscaling has chosen")
                .label(target.header, "autoscaling of this service")
                .help("add `lifecycle { ignore_changes = [desired_count] }`"),
        );
    }
}
