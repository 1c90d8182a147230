//! See `rules/container-cpu-exceeds-task.md`.

use super::prelude::*;

/// Reports tasks whose containers have more CPU than the task.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(exceeded_cpu));
}

fn exceeded_cpu(task: Task) -> Option<Finding> {
    let Known(whole, place) = task.cpu() else { return None };
    // The CPU of a task is ignored on Windows.
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
    let message = format!("the containers have {sum} CPU units, and the task has {whole}");
    let help = format!("give the task at least {sum} CPU units, or lower the containers' `cpu`");
    let labels = cpus.iter().map(|(name, cpu, at)| (*at, format!("{name} has {cpu}")));
    Some(Finding::at(place, message).labels(labels).help(help))
}
