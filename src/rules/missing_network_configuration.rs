//! See `rules/missing-network-configuration.md`.

use crate::diagnostic::Finding;
use crate::model::{NetworkMode, Service};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports services of `awsvpc` tasks that do not say which subnets the tasks live in.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        if let Some(finding) = missing(service) {
            report.add(finding);
        }
    }
}

fn missing(service: Service) -> Option<Finding> {
    let task = service.task().known()?;
    let Known(NetworkMode::Awsvpc, mode_at) = task.network_mode() else { return None };
    if !service.network().is_missing() || service.controller().known() != Some("ECS") {
        return None;
    }
    let term = service.view.term("networkConfiguration");
    let finding = Finding::at(
        service.title(),
        format!("the service has no `{term}`, which tasks in `awsvpc` mode need"),
    )
    .label(mode_at, task.network_mode_reason())
    .help(format!("add `{term}` with the subnets and security groups of the tasks"));
    Some(finding)
}
