//! See `rules/container-name-as-host.md`.

use super::prelude::*;
use crate::model::named_host;
use crate::value::Node;

/// Reports addresses with the name of another container, which only bridge mode resolves.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(NetworkMode::Awsvpc, mode) = task.network_mode() else { continue };
        if project.services().any(|service| has_other_names(service, task)) {
            continue;
        }
        for container in task.containers().filter(|container| container.view.is_missing("extraHosts")) {
            for (_, value) in container.variables() {
                report.extend(sibling(task, container, value, mode));
            }
        }
    }
}

/// Returns `true` if a service may give its tasks names that no namespace has: the aliases of Service Connect.
fn has_other_names(service: Service, task: Task) -> bool {
    let is_ours = service.task().known().is_none_or(|ours| ours.resource.is(task.resource));
    is_ours && !service.view.is_missing("serviceConnectConfiguration")
}

fn sibling(task: Task, container: Container, value: &Node, mode: Place) -> Option<Finding> {
    let (host, _) = named_host(value.as_str()?)?;
    let mut others = task.containers().filter(|other| other.name().known() != container.name().known());
    let other = others.find(|other| other.name().known() == Some(host))?;
    let message =
        format!("`{host}` is the name of a container, which does not resolve in `awsvpc` network mode");
    Some(
        Finding::at(value, message)
            .label(other.anchor(), "the container with this name")
            .label(mode, task.network_mode_reason())
            .help("use `127.0.0.1`: the containers of a task share its network interface"),
    )
}
