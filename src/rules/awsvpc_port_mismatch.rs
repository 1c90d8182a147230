//! See `rules/awsvpc-port-mismatch.md`.

use super::prelude::*;
use super::support::ports::differing_host_port;

/// Reports host ports that differ from their container ports in `awsvpc` network mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Awsvpc)) {
        let mappings = task.containers().flat_map(Container::port_mappings);
        // A host port of 0 means the same port as the container port.
        let named = mappings.filter(|mapping| mapping.host_port().known() != Some(0));
        report.extend(named.filter_map(differing_host_port));
    }
}
