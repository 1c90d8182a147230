//! Host ports, and port mappings by name.

use smol_str::SmolStr;

use super::prelude::*;
use super::suggest;
use crate::suggest::{join_and, nearest};

/// The host ports that are in use on every container instance before a task starts, and the process that uses each.
const RESERVED: &[(i64, &str)] = &[
    (22, "SSH"),
    (2375, "the Docker daemon"),
    (2376, "the Docker daemon"),
    (51678, "the ECS agent"),
    (51679, "the ECS agent"),
    (51680, "the ECS agent"),
];

/// Returns the process that a host port is reserved for; `None` if tasks can use the port.
pub fn reserved_for(port: i64) -> Option<&'static str> {
    RESERVED.iter().find(|(reserved, _)| *reserved == port).map(|(_, owner)| *owner)
}

/// Reports a host port that differs from its container port. The network mode of the task must be one that requires the
/// two to be equal.
pub fn differing_host_port(mapping: PortMapping) -> Option<Finding> {
    let (Known(host, host_at), Known(port, port_at)) = (mapping.host_port(), mapping.container_port()) else {
        return None;
    };
    if host == port {
        return None;
    }
    let task = mapping.container.task;
    let mode = task.network_mode().known()?.name();
    let field = mapping.view.field("hostPort");
    let message = format!("host port {host} must be equal to container port {port} in `{mode}` network mode");
    let finding = Finding::at(host_at, message)
        .label(port_at, format!("container port {port}"))
        .label(task.network_mode().place()?, task.network_mode_reason())
        .help(format!("remove `{field}`, or set it to {port}"))
        .fix(Safety::Safe, format!("set `{field}` to {port}"), field.set(port));
    Some(finding)
}

/// Reports the `portName` of an item if no port mapping of the task has that name. Reports nothing if the name of a port
/// mapping is unknown.
pub fn unknown_name(item: View, task: Task) -> Option<Finding> {
    let field = item.field("portName");
    let Known(name, place) = field.str() else { return None };
    let names = names(task)?;
    if names.contains(&name) {
        return None;
    }
    let message =
        format!("`{field}` is `{name}`, but the task definition has no port mapping with that name");
    let finding = Finding::at(place, message);
    Some(match (nearest(name, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => suggest::value(finding.label(task.anchor(), "the task definition"), field, near),
        (None, []) => finding
            .label(task.anchor(), "the port mappings of this task definition have no names")
            .help(format!("set `{}` to `{name}` in the intended port mapping", term(task))),
        (None, names) => finding
            .label(
                task.anchor(),
                format!("port names in this task definition: {}", join_and(names.iter().copied())),
            )
            .help("use the name of an existing port mapping"),
    })
}

/// The name of the member that names a port mapping, which names a container too.
fn term(task: Task<'_>) -> SmolStr {
    task.containers().next().map_or("name".into(), |container| container.view.field("name").name())
}

/// Returns the names of all port mappings; `None` if there may be others that are unknown.
fn names(task: Task<'_>) -> Option<Vec<&str>> {
    let mut certain = task.container_list().is_complete();
    let mut names = Vec::new();
    for container in task.containers() {
        certain &= container.port_list().is_complete();
        for mapping in container.port_mappings() {
            match mapping.view.str("name") {
                Known(name, _) => names.push(name),
                Missing => {}
                Unknown(_) => certain = false,
            }
        }
    }
    certain.then_some(names)
}
