//! See `rules/launch-type-incompatible.md`.

use super::prelude::*;

/// Reports services whose launch type their task definition does not support.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Known(launch_type, place), Some(task)) = (service.launch_type(), service.task().known()) else {
            continue;
        };
        let Some((reason, reason_at)) = unsupported(task, launch_type) else { continue };
        let term = task.view.field("requiresCompatibilities");
        let finding = Finding::at(place, format!("the task definition does not support launch type `{launch_type}`"))
            .label(reason_at, reason)
            .help(format!("add `{launch_type}` to the task definition's `{term}` and meet its needs, or change the launch type"));
        report.add(match launch_type {
            "FARGATE" => finding,
            _ => finding.warning(),
        });
    }
}

/// Why the task definition cannot run on a launch type.
fn unsupported(task: Task, launch_type: &str) -> Option<(String, Place)> {
    let list = task.compatibilities();
    if list.iter().next().is_some() {
        let listed = list.iter().any(|item| item.node.as_str().is_none_or(|name| name == launch_type));
        return (!listed && list.is_complete())
            .then(|| ("it lists other launch types only".to_owned(), list.place()));
    }
    if launch_type == "FARGATE" && list.is_empty() { unfit_for_fargate(task) } else { None }
}

/// What keeps a task definition that lists no launch type from running on Fargate.
fn unfit_for_fargate(task: Task) -> Option<(String, Place)> {
    if let Known(mode, place) = task.network_mode()
        && mode != NetworkMode::Awsvpc
    {
        return Some((format!("{}; Fargate needs `awsvpc`", task.network_mode_reason()), place));
    }
    let missing = task.view.fields(["cpu", "memory"]).into_iter().find(|size| size.is_missing())?;
    Some((format!("no `{missing}` for the task as a whole, which Fargate needs"), task.anchor()))
}
