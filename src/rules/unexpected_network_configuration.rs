//! See `rules/unexpected-network-configuration.md`.

use super::prelude::*;

/// Reports network configurations of services whose tasks do not have their own network interface.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.services().filter_map(unexpected));
}

fn unexpected(service: Service) -> Option<Finding> {
    let task = service.task().known()?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    if mode == NetworkMode::Awsvpc || service.network().known().is_none() || is_for_fargate(service) {
        return None;
    }
    let entry = service.view.entry("networkConfiguration")?;
    let mode = mode.name();
    let finding =
        Finding::at(entry.key_at, format!("`{}` is not supported in `{mode}` network mode", entry.written))
            .label(mode_at, task.network_mode_reason())
            .help(format!(
                "remove `{}`, or set the task definition's network mode to `awsvpc`",
                entry.written
            ));
    Some(finding)
}

/// Whether the tasks are for Fargate: then the network mode is wrong, which another rule reports, and the network
/// configuration is right.
fn is_for_fargate(service: Service) -> bool {
    let required = service.task().known().is_some_and(|task| task.requires("FARGATE").is_some());
    required
        || service.launch_type().known() == Some("FARGATE")
        || service.capacity_providers().iter().next().is_some()
}
