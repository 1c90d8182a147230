//! See `rules/run-task-limits.md`.

use super::prelude::*;
use super::support::range::outside;
use crate::model::{Kind, least_size};

/// The most tasks of one request, and the most characters of who started it and of what is overridden.
const TASKS: i64 = 10;
const STARTED_BY: usize = 128;
const OVERRIDES: usize = 8192;

/// Reports requests to run a task that ask for more than may be asked.
pub fn check(project: &Project, report: &mut Report) {
    for run in project.of(Kind::RunTask).map(|resource| project.view(resource)) {
        report.extend([too_many_tasks(run), started_by(run), overrides(run), unnamed(run)]);
    }
}

fn too_many_tasks(run: View) -> Option<Finding> {
    let (count, place) = outside(run.field("count"), &(1..=TASKS))?;
    Some(
        Finding::at(place, format!("{count} tasks cannot be started at once"))
            .help(format!("write 1 to {TASKS}; a service runs more")),
    )
}

fn started_by(run: View) -> Option<Finding> {
    let Known(name, place) = run.str("startedBy") else { return None };
    let length = name.chars().count();
    (length > STARTED_BY).then(|| {
        Finding::at(place, format!("`startedBy` has {length} characters"))
            .help(format!("write at most {STARTED_BY}"))
    })
}

fn overrides(run: View) -> Option<Finding> {
    let Known(overrides, _) = run.object("overrides") else { return None };
    let size = least_size(overrides).filter(|size| *size > OVERRIDES)?;
    let at = run.entry("overrides")?.key_at;
    Some(
        Finding::at(Place::from(at), format!("the overrides have at least {size} characters"))
            .help(format!("at most {OVERRIDES} are taken; pass long values by a parameter or a file")),
    )
}

/// A container's overrides that do not say which container they are for.
fn unnamed(run: View) -> Option<Finding> {
    let Known(overrides, _) = run.object("overrides") else { return None };
    let mut containers = overrides.list("containerOverrides").objects();
    let unnamed = containers.find(|container| matches!(container.any("name"), Missing))?;
    Some(Finding::at(unnamed.heading("name"), "these overrides name no container").help("add `name`"))
}
