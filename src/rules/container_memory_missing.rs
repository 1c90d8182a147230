//! See `rules/container-memory-missing.md`.

use super::prelude::*;

/// Reports containers without memory settings in tasks without a memory setting.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        if !task.view.is_missing("memory") || task.requires("FARGATE").is_some() {
            continue;
        }
        for container in task.containers() {
            let [memory, reservation] = container.view.fields(["memory", "memoryReservation"]);
            let whole = task.view.field("memory");
            if memory.is_missing() && reservation.is_missing() {
                report.add(
                    Finding::at(
                        container.anchor(),
                        format!("{} has neither `{memory}` nor `{reservation}`", container.called()),
                    )
                    .label(task.anchor(), format!("the task definition has no `{whole}` either"))
                    .help(format!("set `{memory}` or `{reservation}` (in MiB) for the container, or `{whole}` for the task definition")),
                );
            }
        }
    }
}
