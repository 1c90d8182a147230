//! See `rules/memory-reservation-exceeds-memory.md`.

use super::prelude::*;

/// Reports containers that reserve more memory than they may use.
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
        let memory = container.view.field("memory");
        let message =
            format!("{} reserves {soft} MiB of memory, and may use only {hard}", container.called());
        report.add(
            Finding::at(place, message)
                .label(hard_at, "the container is stopped when it uses more than this")
                .help(format!("lower the reservation to at most {hard}, or raise `{memory}`")),
        );
    }
}
