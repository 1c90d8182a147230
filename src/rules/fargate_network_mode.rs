//! See `rules/fargate-network-mode.md`.

use super::prelude::*;

/// Reports Fargate task definitions whose network mode is not `awsvpc`.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let (Some(fargate), Known(mode, place)) = (task.requires("FARGATE"), task.network_mode()) else {
            continue;
        };
        if mode == NetworkMode::Awsvpc {
            continue;
        }
        let field = task.view.field("networkMode");
        let message = match field.entry() {
            Some(_) => format!("network mode `{}` does not work on Fargate", mode.name()),
            None => format!("no `{field}`, which means `bridge`, and that does not work on Fargate"),
        };
        report.add(
            Finding::at(place, message)
                .label(fargate, "the task definition asks for Fargate here")
                .help(format!("set `{field}` to `awsvpc`")),
        );
    }
}
