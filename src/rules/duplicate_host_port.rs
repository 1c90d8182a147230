//! See `rules/duplicate-host-port.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{NetworkMode, PortMapping};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports ports of the host that two mappings of a task ask for. In host mode they are the containers' ports, of
/// which `duplicate-container-port` speaks.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Bridge)) {
        let mut seen: Vec<(i64, &str, Place, PortMapping)> = Vec::new();
        for mapping in task.containers().flat_map(|container| container.port_mappings()) {
            let (Known(port, at), Known(protocol, _)) = (mapping.static_host_port(), mapping.protocol())
            else {
                continue;
            };
            let first = seen.iter().find(|(known, known_protocol, _, other)| {
                (*known, *known_protocol) == (port, protocol) && may_run_at_once(mapping, *other)
            });
            match first {
                Some((_, _, first_at, first)) => report.add(
                    Finding::at(at, format!("host port {port} is asked for twice in the task"))
                        .label(*first_at, format!("{} asks for it here", first.container.called()))
                        .help("choose another host port, or leave it out to have one chosen"),
                ),
                None => seen.push((port, protocol, at, mapping)),
            }
        }
    }
}

fn may_run_at_once(one: PortMapping, other: PortMapping) -> bool {
    let (one, other) = (one.container, other.container);
    !one.starts_after_end_of(other) && !other.starts_after_end_of(one)
}
