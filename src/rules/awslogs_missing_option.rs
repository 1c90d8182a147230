//! See `rules/awslogs-missing-option.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
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
    let finding = finding.help(format!("add {} to `options`", listed(missing.iter().copied())));
    match prefix(log, missing) {
        Some(change) => finding.fix(Safety::Unsafe, "add `awslogs-stream-prefix`", vec![change]),
        None => finding,
    }
}

/// The container's name is as good a prefix as any; a group or a region nobody can guess.
fn prefix(log: Log, missing: &[&str]) -> Option<Change> {
    let options = log.options().known()?.node.as_object()?;
    let last = options.entries.last().filter(|_| missing == ["awslogs-stream-prefix"])?;
    Some(Change::insert(last, "awslogs-stream-prefix", log.container.name().known().unwrap_or("ecs")))
}
