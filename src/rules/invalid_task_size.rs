//! See `rules/invalid-task-size.md`.

use std::ops::RangeInclusive;

use super::prelude::*;

/// The least and the most CPU units a task may ask for off Fargate (`RegisterTaskDefinition`, `cpu`).
const CPU: RangeInclusive<i64> = 128..=196_608;

/// Reports task sizes that are none.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        report.extend([unreadable_cpu(task), unreadable_memory(task), out_of_range(task)]);
    }
}

fn unreadable_cpu(task: Task) -> Option<Finding> {
    let (text, place) = unreadable(task.view.field("cpu"), task.cpu())?;
    Some(
        Finding::at(place, format!("task CPU `{text}` is neither CPU units nor vCPUs"))
            .help("write CPU units, `1024`, or vCPUs, `1 vCPU`"),
    )
}

/// No refusal of a memory that does not parse is on record.
fn unreadable_memory(task: Task) -> Option<Finding> {
    let (text, place) = unreadable(task.view.field("memory"), task.memory())?;
    Some(
        Finding::at(place, format!("task memory `{text}` is neither MiB nor GB"))
            .help("write MiB, `2048`, or GB, `2 GB`")
            .warning(),
    )
}

/// A size that is written and cannot be read. A word without a digit is a template's, to be filled in.
fn unreadable<'a>(field: Field<'a>, size: Value<i64>) -> Option<(&'a str, Place)> {
    let (text, place) = field.scalar().known_at()?;
    let is_meant = text.contains(|letter: char| letter.is_ascii_digit());
    (matches!(size, Unknown(_)) && is_meant).then_some((text, place))
}

/// CPU that nothing but Fargate could be asked for; Fargate's sizes are another rule's.
fn out_of_range(task: Task) -> Option<Finding> {
    let Known(cpu, place) = task.cpu() else { return None };
    let (least, most) = (CPU.start(), CPU.end());
    (!CPU.contains(&cpu) && task.requires("FARGATE").is_none()).then(|| {
        Finding::at(place, format!("task CPU of {cpu} units is out of range"))
            .help(format!("write {least} to {most} CPU units; 1024 are one vCPU"))
            .warning()
    })
}
