//! See `rules/container-memory-too-small.md`.

use super::prelude::*;

/// The minimum memory of a container in Docker, in MiB (ECS API, `ContainerDefinition.memory`).
const MIN_MEMORY: i64 = 6;

/// Reports containers with less memory than the minimum in Docker.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for field in container.view.fields(["memory", "memoryReservation"]) {
            let Known(memory @ 1..MIN_MEMORY, place) = field.int() else { continue };
            let message = format!(
                "`{field}` of {} must be at least {MIN_MEMORY} MiB (got {memory})",
                container.called()
            );
            report.add(Finding::at(place, message).help(format!(
                "specify the memory in MiB: at least {MIN_MEMORY}, or {} for {memory} GB",
                memory * 1024
            )));
        }
    }
}
