//! See `rules/launch-type-incompatible.md`.

use super::prelude::*;
use crate::suggest::join_and;

/// Reports services whose launch type their task definition does not support.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Known(launch_type, place), Some(task)) = (service.launch_type(), service.task().known()) else {
            continue;
        };
        let Some((reason, reason_at)) = unsupported(task, launch_type) else { continue };
        let term = task.view.field("requiresCompatibilities");
        let message = format!("the task definition does not support launch type `{launch_type}`");
        let finding = Finding::at(place, message).label(reason_at, reason).help(format!(
            "add `{launch_type}` to `{term}` and meet its requirements, or change the launch type"
        ));
        report.add(match launch_type {
            "FARGATE" => finding,
            _ => finding.warning(),
        });
    }
}

/// Returns why the task definition cannot run on a launch type, and where that is written; `None` if it can, or if
/// that is unknown.
fn unsupported(task: Task, launch_type: &str) -> Option<(String, Place)> {
    let list = task.compatibilities();
    if list.iter().next().is_some() {
        let listed = list.iter().any(|item| item.node.as_str().is_none_or(|name| name == launch_type));
        return (!listed && list.is_complete()).then(|| {
            let field = task.view.field("requiresCompatibilities");
            let names = join_and(list.iter().filter_map(|item| item.node.as_str()));
            (format!("`{field}` lists only {names}"), list.place())
        });
    }
    if launch_type == "FARGATE" && list.is_empty() { unfit_for_fargate(task) } else { None }
}

/// Returns the Fargate requirement that a task definition without a list of launch types does not meet.
fn unfit_for_fargate(task: Task) -> Option<(String, Place)> {
    if let Known(mode, place) = task.network_mode()
        && mode != NetworkMode::Awsvpc
    {
        return Some((format!("{}; Fargate requires `awsvpc`", task.network_mode_reason()), place));
    }
    let missing = task.view.fields(["cpu", "memory"]).into_iter().find(|size| size.is_missing())?;
    Some((format!("no task-level `{missing}`, which Fargate requires"), task.anchor()))
}
