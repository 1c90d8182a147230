//! See `rules/container-cpu-exceeds-task.md`.

use super::prelude::*;

/// Reports tasks whose containers request more CPU than the task has.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(exceeded_cpu));
}

fn exceeded_cpu(task: Task) -> Option<Finding> {
    let Known(whole, place) = task.cpu() else { return None };
    // The task-level CPU is ignored on Windows.
    if task.operating_system().known() != Some("LINUX") {
        return None;
    }
    let cpus: Vec<(String, i64, Place)> = task
        .containers()
        .filter_map(|container| {
            let (cpu, at) = container.view.int("cpu").known_at().filter(|(cpu, _)| *cpu > 0)?;
            Some((container.called(), cpu, at))
        })
        .collect();
    let sum: i64 = cpus.iter().map(|(_, cpu, _)| cpu).sum();
    if sum <= whole {
        return None;
    }
    let message = format!("the containers request {sum} CPU units in total, but the task has only {whole}");
    let field = task.view.field("cpu");
    let help =
        format!("set `{field}` of the task to at least {sum}, or lower the `{field}` of the containers");
    let labels = cpus.iter().map(|(name, cpu, at)| (*at, format!("{name} requests {cpu} CPU units")));
    Some(Finding::at(place, message).labels(labels).help(help))
}
