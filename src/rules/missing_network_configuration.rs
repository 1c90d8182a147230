//! See `rules/missing-network-configuration.md`.

use super::prelude::*;

/// Reports services without a network configuration whose tasks use `awsvpc` network mode.
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
    let message =
        format!("{} has no `{network}`, which is required in `awsvpc` network mode", service.called());
    Some(
        Finding::at(service.anchor(), message)
            .label(mode_at, task.network_mode_reason())
            .help(format!("add `{network}` with the subnets and security groups for the tasks")),
    )
}
