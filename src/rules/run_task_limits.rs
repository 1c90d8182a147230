//! See `rules/run-task-limits.md`.

use super::prelude::*;
use super::support::range::outside;
use crate::model::{Kind, least_size};

/// The limits of one request: the number of tasks, and the characters in `startedBy` and in `overrides`.
const TASKS: i64 = 10;
const STARTED_BY: usize = 128;
const OVERRIDES: usize = 8192;

/// Reports `RunTask` requests that exceed a limit, or have overrides without a container name.
pub fn check(project: &Project, report: &mut Report) {
    for run in project.of(Kind::RunTask).map(|resource| project.view(resource)) {
        report.extend([too_many_tasks(run), started_by(run), overrides(run), unnamed(run)]);
    }
}

fn too_many_tasks(run: View) -> Option<Finding> {
    let (count, place) = outside(run.field("count"), &(1..=TASKS))?;
    Some(
        Finding::at(place, format!("`count` must be between 1 and {TASKS} (got {count})"))
            .help(format!("start at most {TASKS} tasks per request, or use a service to run more")),
    )
}

fn started_by(run: View) -> Option<Finding> {
    let Known(name, place) = run.str("startedBy") else { return None };
    let length = name.chars().count();
    (length > STARTED_BY).then(|| {
        Finding::at(place, format!("`startedBy` can have at most {STARTED_BY} characters (got {length})"))
            .help("shorten `startedBy`")
    })
}

fn overrides(run: View) -> Option<Finding> {
    let Known(overrides, _) = run.object("overrides") else { return None };
    let size = least_size(overrides).filter(|size| *size > OVERRIDES)?;
    let at = run.entry("overrides")?.key_at;
    Some(
        Finding::at(
            Place::from(at),
            format!("`overrides` can have at most {OVERRIDES} characters (got at least {size})"),
        )
        .help("pass long values via a parameter or a file"),
    )
}

/// Reports container overrides that do not name a container.
fn unnamed(run: View) -> Option<Finding> {
    let Known(overrides, _) = run.object("overrides") else { return None };
    let mut containers = overrides.list("containerOverrides").objects();
    let unnamed = containers.find(|container| matches!(container.any("name"), Missing))?;
    Some(
        Finding::at(unnamed.heading("name"), "a container override has no `name`")
            .help("set `name` to the name of the container"),
    )
}
