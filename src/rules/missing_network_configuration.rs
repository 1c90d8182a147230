//! See `rules/missing-network-configuration.md`.

use super::prelude::*;

/// Reports services of `awsvpc` tasks that do not say which subnets the tasks live in.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.services().filter_map(without_network));
}

fn without_network(service: Service) -> Option<Finding> {
    let task = service.task().known()?;
    let Known(NetworkMode::Awsvpc, mode_at) = task.network_mode() else { return None };
    if !service.network().is_missing() || service.controller().known() != Some("ECS") {
        return None;
    }
    let network = service.view.field("networkConfiguration");
    let message = format!("the service has no `{network}`, which tasks in `awsvpc` mode need");
    Some(
        Finding::at(service.anchor(), message)
            .label(mode_at, task.network_mode_reason())
            .help(format!("add `{network}` with the subnets and security groups of the tasks")),
    )
}
