//! See `rules/container-reservations-exceed-task.md`.

use super::prelude::*;

/// Reports tasks whose containers reserve more memory than the task has.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(exceeded_memory));
}

fn exceeded_memory(task: Task) -> Option<Finding> {
    let Known(whole, place) = task.memory() else { return None };
    let reserved: Vec<(String, i64, Place)> = task.containers().filter_map(reservation).collect();
    let sum: i64 = reserved.iter().map(|(_, memory, _)| memory).sum();
    // A container that does not fit alone is the finding of another rule.
    if sum <= whole || reserved.iter().any(|(_, memory, _)| *memory > whole) {
        return None;
    }
    let labels = reserved.iter().map(|(name, memory, at)| (*at, format!("{name} reserves {memory}")));
    Some(
        Finding::at(place, format!("the containers reserve {sum} MiB of memory, and the task has {whole}"))
            .labels(labels)
            .help(format!("give the task at least {sum} MiB, or let the containers reserve less")),
    )
}

/// What a container has set aside for it: its reservation, or else its limit.
fn reservation(container: Container) -> Option<(String, i64, Place)> {
    let reserved = match container.view.int("memoryReservation") {
        Missing => container.view.int("memory"),
        reserved => reserved,
    };
    let Known(memory, place) = reserved else { return None };
    (memory > 0).then(|| (container.called(), memory, place))
}
