//! See `rules/invalid-task-size.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Task;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{Known, Unknown};

/// The least and the most CPU units a task may ask for off Fargate (`RegisterTaskDefinition`, `cpu`).
const CPU: std::ops::RangeInclusive<i64> = 128..=196_608;

/// Reports task sizes that are none.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let cpu = unreadable(task, "cpu").map(|(text, place)| {
            Finding::at(place, format!("task CPU `{text}` is neither CPU units nor vCPUs"))
                .help("write CPU units, `1024`, or vCPUs, `1 vCPU`")
        });
        // No refusal of a memory that does not parse is on record.
        let memory = unreadable(task, "memory").map(|(text, place)| {
            Finding::at(place, format!("task memory `{text}` is neither MiB nor GB"))
                .help("write MiB, `2048`, or GB, `2 GB`")
                .warning()
        });
        cpu.into_iter().chain(memory).chain(out_of_range(task)).for_each(|finding| report.add(finding));
    }
}

/// A size that is written and cannot be read. A word without a digit is a template's, to be filled in.
fn unreadable<'a>(task: Task<'a>, key: &str) -> Option<(&'a str, Place)> {
    let Known(text, place) = task.view.scalar(key) else { return None };
    let size = if key == "cpu" { task.cpu() } else { task.memory() };
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
