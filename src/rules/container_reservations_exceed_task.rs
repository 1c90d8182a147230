//! See `rules/container-reservations-exceed-task.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Container, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{Known, Missing};

/// Reports tasks whose containers reserve more memory than the task has.
pub fn check(project: &Project, report: &mut Report) {
    for finding in project.tasks().filter_map(exceeded) {
        report.add(finding);
    }
}

fn exceeded(task: Task) -> Option<Finding> {
    let Known(whole, place) = task.memory() else { return None };
    let reserved: Vec<(String, i64, Place)> = task.containers().filter_map(reservation).collect();
    let sum: i64 = reserved.iter().map(|(_, memory, _)| memory).sum();
    // A container that does not fit alone is the finding of another rule.
    if sum <= whole || reserved.iter().any(|(_, memory, _)| *memory > whole) {
        return None;
    }
    let finding =
        Finding::at(place, format!("the containers reserve {sum} MiB of memory, and the task has {whole}"))
            .help(format!("give the task at least {sum} MiB, or let the containers reserve less"));
    let label = |finding: Finding, (name, memory, at): (String, i64, Place)| {
        finding.label(at, format!("{name} reserves {memory}"))
    };
    Some(reserved.into_iter().fold(finding, label))
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
