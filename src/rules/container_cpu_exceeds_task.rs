//! See `rules/container-cpu-exceeds-task.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Task;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports tasks whose containers have more CPU than the task.
pub fn check(project: &Project, report: &mut Report) {
    for finding in project.tasks().filter_map(exceeded) {
        report.add(finding);
    }
}

fn exceeded(task: Task) -> Option<Finding> {
    let Known(whole, place) = task.cpu() else { return None };
    // The CPU of a task is ignored on Windows.
    if task.operating_system().known() != Some("LINUX") {
        return None;
    }
    let cpus: Vec<(String, i64, Place)> = task
        .containers()
        .filter_map(|container| match container.view.int("cpu") {
            Known(cpu, at) if cpu > 0 => Some((container.called(), cpu, at)),
            _ => None,
        })
        .collect();
    let sum: i64 = cpus.iter().map(|(_, cpu, _)| cpu).sum();
    if sum <= whole {
        return None;
    }
    let message = format!("the containers have {sum} CPU units, and the task has {whole}");
    let help = format!("give the task at least {sum} CPU units, or lower the containers' `cpu`");
    let label = |finding: Finding, (name, cpu, at): (String, i64, Place)| {
        finding.label(at, format!("{name} has {cpu}"))
    };
    Some(cpus.into_iter().fold(Finding::at(place, message).help(help), label))
}
