//! Ports of the host, and ports by name.

use super::prelude::*;
use super::suggest;
use crate::suggest::{join_and, nearest};

/// The ports of an instance that are taken before any task starts, and by what.
const RESERVED: &[(i64, &str)] = &[
    (22, "SSH"),
    (2375, "the Docker daemon"),
    (2376, "the Docker daemon"),
    (51678, "the ECS agent"),
    (51679, "the ECS agent"),
    (51680, "the ECS agent"),
];

/// What a port of the host is reserved for; `None` if tasks can have it.
pub fn reserved_for(port: i64) -> Option<&'static str> {
    RESERVED.iter().find(|(reserved, _)| *reserved == port).map(|(_, owner)| *owner)
}

/// Reports a host port that is not the container port, in a task whose containers have no ports of a host's.
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
    let message =
        format!("host port {host} is not container port {port}, and in `{mode}` mode the two must be equal");
    let finding = Finding::at(host_at, message)
        .label(port_at, "the container port")
        .label(task.network_mode().place()?, task.network_mode_reason())
        .help(format!("remove `{field}`, or set it to {port}"))
        .fix(Safety::Safe, format!("set `{field}` to {port}"), field.set(port));
    Some(finding)
}

/// Reports the `portName` of an item that no port mapping of the task has, if all their names are known.
pub fn unknown_name(item: View, task: Task) -> Option<Finding> {
    let field = item.field("portName");
    let Known(name, place) = field.str() else { return None };
    let names = names(task)?;
    if names.contains(&name) {
        return None;
    }
    let finding = Finding::at(place, format!("no port mapping of the task definition is named `{name}`"));
    Some(match (nearest(name, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => suggest::value(finding.label(task.anchor(), "this task definition"), field, near),
        (None, []) => finding
            .label(task.anchor(), "its port mappings have no names")
            .help(format!("set `name` to `{name}` in the port mapping that is meant")),
        (None, names) => finding
            .label(task.anchor(), format!("it has {}", join_and(names.iter().copied())))
            .help("name a port mapping that is there"),
    })
}

/// The names of all port mappings; `None` if there may be others.
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
