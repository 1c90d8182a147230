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
            Some(_) => format!("network mode `{}` is not supported on Fargate", mode.name()),
            None => {
                format!("`{field}` is missing and defaults to `bridge`, which is not supported on Fargate")
            }
        };
        report.add(
            Finding::at(place, message)
                .label(fargate, "the task definition requires Fargate")
                .help(format!("set `{field}` to `awsvpc`")),
        );
    }
}
