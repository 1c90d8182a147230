//! See `rules/container-memory-too-small.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The least memory that Docker gives a container, in MiB (ECS API, `ContainerDefinition.memory`).
const LEAST: i64 = 6;

/// Reports containers with less memory than Docker gives one.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for key in ["memory", "memoryReservation"] {
            let Known(memory @ 1..LEAST, place) = container.view.int(key) else { continue };
            let message = format!(
                "`{}` of {} is {memory} MiB, less than a container can have",
                container.view.term(key),
                container.called()
            );
            report.add(Finding::at(place, message).help(format!(
                "memory is in MiB; write at least {LEAST}, or {} if {memory} GB were meant",
                memory * 1024
            )));
        }
    }
}
