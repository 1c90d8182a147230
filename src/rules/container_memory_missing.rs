//! See `rules/container-memory-missing.md`.

use super::prelude::*;

/// Reports containers without memory in tasks without memory.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        if !task.view.any("memory").is_missing() || task.requires("FARGATE").is_some() {
            continue;
        }
        for container in task.containers() {
            if container.view.fields(["memory", "memoryReservation"]).into_iter().all(Field::is_missing) {
                report.add(
                    Finding::at(
                        container.anchor(),
                        format!("{} has neither `memory` nor `memoryReservation`", container.called()),
                    )
                    .label(task.anchor(), "the task definition has no memory of its own to share")
                    .help("give the container one of the two, in MiB, or the task definition a `memory`"),
                );
            }
        }
    }
}
