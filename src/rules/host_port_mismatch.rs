//! See `rules/host-port-mismatch.md`.

use super::prelude::*;
use super::support::ports::differing_host_port;

/// Reports host ports that differ from their container ports in `host` network mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Host)) {
        let mappings = task.containers().flat_map(Container::port_mappings);
        report.extend(mappings.filter_map(differing_host_port));
    }
}
