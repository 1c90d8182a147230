//! See `rules/awslogs-missing-option.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Log;
use crate::nearest::listed;
use crate::project::Project;
use crate::rules::Report;

/// Reports awslogs configurations without the options that ECS asks for.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.tasks().flat_map(|task| task.logs_by("awslogs")) {
        let fargate = log.container.task.requires("FARGATE");
        let needed = ["awslogs-group", "awslogs-region"].into_iter();
        let needed = needed.chain(fargate.is_some().then_some("awslogs-stream-prefix"));
        let missing: Vec<&str> = needed.filter(|option| log.lacks(option)).collect();
        if !missing.is_empty() {
            report.add(finding(log, &missing));
        }
    }
}

fn finding(log: Log, missing: &[&str]) -> Finding {
    let message =
        format!("{} logs with awslogs but lacks {}", log.container.called(), listed(missing.iter().copied()));
    let place = log.view.entry("options").map_or_else(|| log.view.heading("logDriver"), Place::key);
    let finding = Finding::at(place, message);
    let finding = match log.container.task.requires("FARGATE") {
        Some(place) if missing.contains(&"awslogs-stream-prefix") => {
            finding.label(place, "on Fargate a stream prefix is required")
        }
        _ => finding,
    };
    finding.help(format!("add {} to `options`", listed(missing.iter().copied())))
}
