//! See `rules/target-type-mismatch.md`.

use crate::diagnostic::Finding;
use crate::model::{LoadBalancer, NetworkMode};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports target groups whose targets are not of the kind the tasks are.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.services().flat_map(|service| service.load_balancers()) {
        if let Some(finding) = mismatch(balancer) {
            report.add(finding);
        }
    }
}

fn mismatch(balancer: LoadBalancer) -> Option<Finding> {
    let group = balancer.target_group().known()?;
    let task = balancer.service.task().known()?;
    let (Known(found, place), Known(mode, mode_at)) = (group.target_type(), task.network_mode()) else {
        return None;
    };
    let needed = match mode {
        NetworkMode::Awsvpc => "ip",
        NetworkMode::Bridge | NetworkMode::Host => "instance",
        NetworkMode::None => return None,
    };
    if found == needed || !["ip", "instance"].contains(&found) {
        return None;
    }
    let term = group.view.term("TargetType");
    let by_default = if group.view.entry("TargetType").is_none() { " by default" } else { "" };
    let mode = mode.name();
    let finding = Finding::at(
        place,
        format!("the target type is `{found}`{by_default}, but tasks in `{mode}` mode need `{needed}`"),
    )
    .label(mode_at, task.network_mode_reason())
    .label(balancer.join_place(), "the service registers its tasks with this target group")
    .help(format!("set `{term}` to `{needed}`; the target group is made anew"));
    Some(finding)
}
