//! See `rules/awslogs-missing-option.md`.

use super::prelude::*;
use crate::suggest::{join_and, join_or};

/// Reports `awslogs` configurations without the options that ECS requires.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.logs_by("awslogs") {
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
    let (names, none_of) = (join_and(missing.iter().copied()), join_or(missing.iter().copied()));
    let prefix = log.container.name().known().unwrap_or("ecs");
    let change = stream_prefix(log, missing, prefix);
    let place = log.view.entry("options").map_or_else(|| log.view.heading("logDriver"), Place::key);
    let finding = Finding::at(
        place,
        format!("the `awslogs` configuration of {} has no {none_of}", log.container.called()),
    )
    .help(format!("add {names} to `{}`", log.view.field("options")))
    .fix(Safety::Unsafe, format!("set `awslogs-stream-prefix` to `{prefix}`"), change);
    match log.container.task.requires("FARGATE") {
        Some(place) if missing.contains(&"awslogs-stream-prefix") => {
            finding.label(place, "Fargate requires a stream prefix")
        }
        _ => finding,
    }
}

/// Returns the edit that adds the stream prefix; `None` if another option is missing too, because a log group or a region
/// cannot be guessed.
fn stream_prefix(log: Log, missing: &[&str], prefix: &str) -> Option<Change> {
    let options = log.options().known()?.node.as_object()?;
    let last = options.entries.last().filter(|_| missing == ["awslogs-stream-prefix"])?;
    Some(Change::insert(last, "awslogs-stream-prefix", prefix))
}
