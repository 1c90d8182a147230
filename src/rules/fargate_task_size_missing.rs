//! See `rules/fargate-task-size-missing.md`.

use smol_str::SmolStr;

use crate::diagnostic::Finding;
use crate::model::Task;
use crate::nearest::listed;
use crate::project::Project;
use crate::rules::Report;

/// Reports Fargate task definitions without a size.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        let missing = missing(task);
        if missing.is_empty() {
            continue;
        }
        let names = listed(missing.iter().map(SmolStr::as_str));
        report.add(
            Finding::at(task.title(), format!("a Fargate task definition needs {names} for the task as a whole"))
                .label(fargate, "the task definition asks for Fargate here")
                .help("the containers' own `cpu` and `memory` do not count; 256 CPU units and 512 MiB are the least"),
        );
    }
}

fn missing(task: Task) -> Vec<SmolStr> {
    let absent = |key: &&str| task.view.any(key).is_missing();
    ["cpu", "memory"].iter().copied().filter(absent).map(|key| task.view.term(key)).collect()
}
