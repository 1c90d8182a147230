//! See `rules/reserved-host-port.md`.

use super::prelude::*;
use super::support::ports::reserved_for;

/// Reports host ports that are reserved on container instances.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for mapping in task.containers().flat_map(Container::port_mappings) {
            let Known(port, place) = mapping.static_host_port() else { continue };
            let Some(owner) = reserved_for(port) else { continue };
            report.add(
                Finding::at(place, format!("host port {port} is reserved for {owner}"))
                    .help("use another port below 32768, or omit the host port to have one assigned"),
            );
        }
    }
}
