//! See `rules/awsvpc-port-mismatch.md`.

use super::prelude::*;
use super::support::ports::differing_host_port;

/// Reports host ports that `awsvpc` does not allow.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Awsvpc)) {
        let mappings = task.containers().flat_map(Container::port_mappings);
        // A host port of 0 means the container's own.
        let named = mappings.filter(|mapping| mapping.host_port().known() != Some(0));
        report.extend(named.filter_map(differing_host_port));
    }
}
