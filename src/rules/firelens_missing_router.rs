//! See `rules/firelens-missing-router.md`.

use crate::diagnostic::Finding;
use crate::model::Task;
use crate::project::Project;
use crate::rules::Report;

/// Reports containers that log through a FireLens router that is not there.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        if let Some(finding) = without_router(task) {
            report.add(finding);
        }
    }
}

fn without_router(task: Task) -> Option<Finding> {
    let mut logs = task.logs_by("awsfirelens");
    let first = logs.next()?;
    let none = task.containers().all(|container| container.firelens().is_missing());
    if !none || !task.container_list().is_complete() {
        return None;
    }
    let place = first.view.str("logDriver").place()?;
    let message = format!(
        "{} logs with `awsfirelens`, but no container of the task has a `firelensConfiguration`",
        first.container.called()
    );
    let others = logs.filter_map(|log| log.view.str("logDriver").place());
    let finding =
        others.fold(Finding::at(place, message), |finding, place| finding.label(place, "so does this one"));
    Some(
        finding
            .help("add a Fluent Bit container with `\"firelensConfiguration\": { \"type\": \"fluentbit\" }`"),
    )
}
