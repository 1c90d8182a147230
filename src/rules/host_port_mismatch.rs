//! See `rules/host-port-mismatch.md`.

use crate::model::NetworkMode;
use crate::project::Project;
use crate::rules::{Report, awsvpc_port_mismatch::differing};

/// Reports host ports that `host` mode does not allow.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Host)) {
        for mapping in task.containers().flat_map(|container| container.port_mappings()) {
            if let Some(finding) = differing(mapping) {
                report.add(finding);
            }
        }
    }
}
