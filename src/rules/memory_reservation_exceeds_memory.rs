//! See `rules/memory-reservation-exceeds-memory.md`.

use super::prelude::*;

/// Reports containers that reserve more memory than their limit.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let (Known(soft, place), Known(hard, hard_at)) =
            (container.view.int("memoryReservation"), container.view.int("memory"))
        else {
            continue;
        };
        if soft <= hard {
            continue;
        }
        let [reservation, memory] = container.view.fields(["memoryReservation", "memory"]);
        let message =
            format!("{} reserves {soft} MiB of memory, but its limit is {hard} MiB", container.called());
        report.add(
            Finding::at(place, message)
                .label(hard_at, "the container is killed if it exceeds this limit")
                .help(format!("lower `{reservation}` to at most {hard} MiB, or raise `{memory}`")),
        );
    }
}
