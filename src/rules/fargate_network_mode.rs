//! See `rules/fargate-network-mode.md`.

use crate::diagnostic::Finding;
use crate::model::NetworkMode;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports Fargate task definitions whose network mode is not `awsvpc`.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let (Some(fargate), Known(mode, place)) = (task.requires("FARGATE"), task.network_mode()) else {
            continue;
        };
        if mode == NetworkMode::Awsvpc {
            continue;
        }
        let term = task.view.term("networkMode");
        let message = match task.view.entry("networkMode") {
            Some(_) => format!("network mode `{}` does not work on Fargate", mode.name()),
            None => format!("no `{term}`, which means `bridge`, and that does not work on Fargate"),
        };
        report.add(
            Finding::at(place, message)
                .label(fargate, "the task definition asks for Fargate here")
                .help(format!("set `{term}` to `awsvpc`")),
        );
    }
}
