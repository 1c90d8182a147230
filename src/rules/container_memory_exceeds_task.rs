//! See `rules/container-memory-exceeds-task.md`.

use super::prelude::*;

/// Reports containers with more memory than their task.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(whole, whole_at) = task.memory() else { continue };
        for container in task.containers() {
            let Known(memory, place) = container.view.int("memory") else { continue };
            if memory > whole {
                let message =
                    format!("{} has {memory} MiB of memory, and its task has {whole}", container.called());
                report.add(Finding::at(place, message).label(whole_at, "the task's memory").help(format!(
                    "lower it to at most {whole}, or give the task a `memory` that all containers fit in"
                )));
            }
        }
    }
}
