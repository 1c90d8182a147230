//! See `rules/firelens-missing-router.md`.

use super::prelude::*;

/// Reports `awsfirelens` logs in task definitions without a FireLens log router.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(without_router));
}

fn without_router(task: Task) -> Option<Finding> {
    let mut logs = task.logs_by("awsfirelens");
    let first = logs.next()?;
    let none = task.containers().all(|container| container.firelens().is_missing());
    if !none || !task.container_list().is_complete() {
        return None;
    }
    let place = first.view.str("logDriver").place()?;
    let router = first.container.view.field("firelensConfiguration");
    let message = format!(
        "{} uses the `awsfirelens` log driver, but no container in the task definition has a `{router}`",
        first.container.called()
    );
    let others = logs.filter_map(|log| log.view.str("logDriver").place());
    Some(
        Finding::at(place, message)
            .labels(others.map(|place| (place, "also uses `awsfirelens`")))
            .help(format!("add a Fluent Bit container with a `{router}` of the type `fluentbit`")),
    )
}
