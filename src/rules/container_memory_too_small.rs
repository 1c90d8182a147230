//! See `rules/container-memory-too-small.md`.

use super::prelude::*;

/// The least memory that Docker gives a container, in MiB (ECS API, `ContainerDefinition.memory`).
const MIN_MEMORY: i64 = 6;

/// Reports containers with less memory than Docker gives one.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for field in container.view.fields(["memory", "memoryReservation"]) {
            let Known(memory @ 1..MIN_MEMORY, place) = field.int() else { continue };
            let message = format!(
                "`{field}` of {} is {memory} MiB, less than a container can have",
                container.called()
            );
            report.add(Finding::at(place, message).help(format!(
                "memory is in MiB; write at least {MIN_MEMORY}, or {} if {memory} GB were meant",
                memory * 1024
            )));
        }
    }
}
