//! See `rules/container-memory-exceeds-task.md`.

use super::prelude::*;

/// Reports containers whose memory limit exceeds that of their task.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(whole, whole_at) = task.memory() else { continue };
        for container in task.containers() {
            let Known(memory, place) = container.view.int("memory") else { continue };
            if memory > whole {
                let message = format!(
                    "{} has {memory} MiB of memory, but its task has only {whole} MiB",
                    container.called()
                );
                let label = format!("the task has {whole} MiB");
                report.add(Finding::at(place, message).label(whole_at, label).help(format!(
                    "lower it to at most {whole}, or increase the task's `{}` so that all containers fit",
                    task.view.field("memory")
                )));
            }
        }
    }
}
