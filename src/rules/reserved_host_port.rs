//! See `rules/reserved-host-port.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The ports of an instance that are taken before any task starts, and by what.
pub(super) const RESERVED: &[(i64, &str)] = &[
    (22, "SSH"),
    (2375, "the Docker daemon"),
    (2376, "the Docker daemon"),
    (51678, "the ECS agent"),
    (51679, "the ECS agent"),
    (51680, "the ECS agent"),
];

/// Reports host ports that no task can be given.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for mapping in task.containers().flat_map(|container| container.port_mappings()) {
            let Known(port, place) = mapping.static_host_port() else { continue };
            let Some((_, owner)) = RESERVED.iter().find(|(reserved, _)| *reserved == port) else { continue };
            let message = format!("host port {port} is reserved for {owner}");
            report.add(
                Finding::at(place, message)
                    .help("choose another port below 32768, or leave it out to have one chosen"),
            );
        }
    }
}
