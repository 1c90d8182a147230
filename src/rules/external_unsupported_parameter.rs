//! See `rules/external-unsupported-parameter.md`.

use super::prelude::*;
use super::support::unsupported::Given;

/// Reports parameters that are not supported on external instances, which are machines outside of AWS.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(awsvpc_mode));
    for service in project.services() {
        let Known("EXTERNAL", place) = service.launch_type() else { continue };
        let given = Given::of_service(service, &["loadBalancers", "serviceRegistries"]);
        report.extend(
            given.map(|given| given.report("on external instances", place, "the launch type is `EXTERNAL`")),
        );
    }
}

fn awsvpc_mode(task: Task) -> Option<Finding> {
    let external = task.requires("EXTERNAL")?;
    let Known(NetworkMode::Awsvpc, place) = task.network_mode() else { return None };
    Some(
        Finding::at(place, "network mode `awsvpc` is not supported on external instances")
            .label(external, "the task definition requires external instances")
            .help(format!("set `{}` to `bridge`, `host`, or `none`", task.view.field("networkMode"))),
    )
}
