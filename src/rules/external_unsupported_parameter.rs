//! See `rules/external-unsupported-parameter.md`.

use super::fargate_unsupported_parameter::finding;
use crate::diagnostic::Finding;
use crate::model::{NetworkMode, Service, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports what does not work on machines outside of AWS.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        in_task(task).into_iter().for_each(|finding| report.add(finding));
    }
    for service in project.services() {
        in_service(service).into_iter().for_each(|finding| report.add(finding));
    }
}

fn in_task(task: Task) -> Option<Finding> {
    let external = task.requires("EXTERNAL")?;
    let Known(NetworkMode::Awsvpc, place) = task.network_mode() else { return None };
    let term = task.view.term("networkMode");
    Some(
        Finding::at(place, "network mode `awsvpc` does not work on external instances")
            .label(external, "the task definition asks for external instances here")
            .help(format!("set `{term}` to `bridge`, `host` or `none`")),
    )
}

fn in_service(service: Service) -> Vec<Finding> {
    let Known("EXTERNAL", place) = service.launch_type() else { return Vec::new() };
    ["loadBalancers", "serviceRegistries"]
        .into_iter()
        .filter_map(|key| service.view.given(key))
        .map(|entry| finding(entry, "", "on external instances", place, "the launch type"))
        .collect()
}
