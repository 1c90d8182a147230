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
    // Another rule reports a container that exceeds the task memory by itself.
    if sum <= whole || reserved.iter().any(|(_, memory, _)| *memory > whole) {
        return None;
    }
    let labels = reserved.iter().map(|(name, memory, at)| (*at, format!("{name} reserves {memory} MiB")));
    Some(
        Finding::at(
            place,
            format!("the containers reserve {sum} MiB of memory in total, but the task has only {whole} MiB"),
        )
        .labels(labels)
        .help(format!(
            "set `{}` of the task to at least {sum}, or lower the reservations of the containers",
            task.view.field("memory")
        )),
    )
}

/// Returns the memory that is reserved for a container: its reservation, or else its limit.
fn reservation(container: Container) -> Option<(String, i64, Place)> {
    let reserved = match container.view.int("memoryReservation") {
        Missing => container.view.int("memory"),
        reserved => reserved,
    };
    let Known(memory, place) = reserved else { return None };
    (memory > 0).then(|| (container.called(), memory, place))
}
