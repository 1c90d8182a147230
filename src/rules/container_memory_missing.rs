//! See `rules/container-memory-missing.md`.

use super::prelude::*;

/// Reports containers without memory settings in tasks without a memory setting.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        if !task.view.is_missing("memory") || task.requires("FARGATE").is_some() {
            continue;
        }
        for container in task.containers() {
            if container.view.fields(["memory", "memoryReservation"]).into_iter().all(Field::is_missing) {
                report.add(
                    Finding::at(
                        container.anchor(),
                        format!("{} has neither `memory` nor `memoryReservation`", container.called()),
                    )
                    .label(task.anchor(), "the task definition has no `memory` either")
                    .help("set `memory` or `memoryReservation` (in MiB) for the container, or `memory` for the task definition"),
                );
            }
        }
    }
}
