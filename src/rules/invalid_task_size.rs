//! See `rules/invalid-task-size.md`.

use std::ops::RangeInclusive;

use super::prelude::*;

/// The range of CPU units of a task outside Fargate (`RegisterTaskDefinition`, `cpu`).
const CPU: RangeInclusive<i64> = 128..=196_608;

/// Reports invalid task CPU and memory.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        report.extend([unreadable_cpu(task), unreadable_memory(task), out_of_range(task)]);
    }
}

fn unreadable_cpu(task: Task) -> Option<Finding> {
    let (text, place) = unreadable(task.view.field("cpu"), task.cpu())?;
    Some(
        Finding::at(place, format!("invalid task CPU `{text}`: expected CPU units or vCPUs"))
            .help("use CPU units, such as `1024`, or vCPUs, such as `1 vCPU`"),
    )
}

/// Reports memory that does not parse, as a warning: AWS has not been seen to reject it.
fn unreadable_memory(task: Task) -> Option<Finding> {
    let (text, place) = unreadable(task.view.field("memory"), task.memory())?;
    Some(
        Finding::at(place, format!("invalid task memory `{text}`: expected MiB or GB"))
            .help("use MiB, such as `2048`, or GB, such as `2 GB`")
            .warning(),
    )
}

/// Returns a size that does not parse. A word without a digit is a placeholder in a template.
fn unreadable<'a>(field: Field<'a>, size: Value<i64>) -> Option<(&'a str, Place)> {
    let (text, place) = field.scalar().known_at()?;
    let is_meant = text.contains(|letter: char| letter.is_ascii_digit());
    (matches!(size, Unknown(_)) && is_meant).then_some((text, place))
}

/// Reports CPU out of range. Another rule checks the sizes of Fargate.
fn out_of_range(task: Task) -> Option<Finding> {
    let Known(cpu, place) = task.cpu() else { return None };
    let (least, most) = (CPU.start(), CPU.end());
    (!CPU.contains(&cpu) && task.requires("FARGATE").is_none()).then(|| {
        Finding::at(place, format!("task CPU must be between {least} and {most} CPU units (got {cpu})"))
            .help("use a value in this range; 1024 CPU units are 1 vCPU")
            .warning()
    })
}
