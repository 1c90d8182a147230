//! See `rules/fargate-task-size-missing.md`.

use super::prelude::*;
use crate::suggest::join_and;

/// Reports Fargate task definitions without task-level CPU or memory.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        let sizes = task.view.fields(["cpu", "memory"]).into_iter();
        let missing: Vec<_> = sizes.filter(|size| size.is_missing()).map(Field::name).collect();
        if missing.is_empty() {
            continue;
        }
        let names = join_and(missing.iter().map(|name| name.as_str()));
        let verb = if missing.len() == 1 { "is" } else { "are" };
        let message = format!("task-level {names} {verb} required on Fargate");
        report.add(
            Finding::at(task.anchor(), message)
                .label(fargate, "the task definition requires Fargate")
                .help(format!(
                    "set {names} for the task, at least 256 CPU units and 512 MiB; container-level values do not count"
                )),
        );
    }
}
