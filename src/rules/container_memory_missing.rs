//! See `rules/container-memory-missing.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;

/// Reports containers without memory in tasks without memory.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        if !task.view.any("memory").is_missing() || task.requires("FARGATE").is_some() {
            continue;
        }
        for container in task.containers() {
            if ["memory", "memoryReservation"].iter().all(|key| container.view.any(key).is_missing()) {
                report.add(
                    Finding::at(
                        container.title(),
                        format!("{} has neither `memory` nor `memoryReservation`", container.called()),
                    )
                    .label(task.title(), "the task definition has no memory of its own to share")
                    .help("give the container one of the two, in MiB, or the task definition a `memory`"),
                );
            }
        }
    }
}
