//! See `rules/awsvpc-port-mismatch.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::{NetworkMode, PortMapping};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports host ports that `awsvpc` does not allow.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Awsvpc)) {
        let mappings = task.containers().flat_map(|container| container.port_mappings());
        // A host port of 0 means the container's own.
        for mapping in mappings.filter(|mapping| mapping.host_port().known() != Some(0)) {
            if let Some(finding) = differing(mapping) {
                report.add(finding);
            }
        }
    }
}

/// A host port that is not the container port, in a task whose containers have no ports of a host's.
pub(super) fn differing(mapping: PortMapping) -> Option<Finding> {
    let (Known(host, host_at), Known(port, port_at)) = (mapping.host_port(), mapping.container_port()) else {
        return None;
    };
    if host == port {
        return None;
    }
    let task = mapping.container.task;
    let mode = task.network_mode().known()?.name();
    let term = mapping.view.term("hostPort");
    let message =
        format!("host port {host} is not container port {port}, and in `{mode}` mode the two must be equal");
    let change = Change::set(&mapping.view.entry("hostPort")?.value, port);
    let finding = Finding::at(host_at, message)
        .label(port_at, "the container port")
        .label(task.network_mode().place()?, task.network_mode_reason())
        .help(format!("remove `{term}`, or set it to {port}"))
        .fix(Safety::Safe, format!("set `{term}` to {port}"), vec![change]);
    Some(finding)
}
