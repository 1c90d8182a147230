//! See `rules/fargate-task-size-missing.md`.

use super::prelude::*;
use crate::suggest::join_and;

/// Reports Fargate task definitions without a size.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        let sizes = task.view.fields(["cpu", "memory"]).into_iter();
        let missing: Vec<_> = sizes.filter(|size| size.is_missing()).map(Field::name).collect();
        if missing.is_empty() {
            continue;
        }
        let names = join_and(missing.iter().map(|name| name.as_str()));
        report.add(
            Finding::at(task.anchor(), format!("a Fargate task definition needs {names} for the task as a whole"))
                .label(fargate, "the task definition asks for Fargate here")
                .help("the containers' own `cpu` and `memory` do not count; 256 CPU units and 512 MiB are the least"),
        );
    }
}
