//! See `rules/too-many-containers.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The most containers a task definition may have; a quota that AWS does not raise.
const MAX: usize = 10;

/// Reports task definitions with more containers than ECS takes.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some((extra, count)) = first_beyond(task.container_list().iter(), MAX) else { continue };
        let is_object = extra.node.as_object().is_some();
        let place = if is_object { extra.heading("name") } else { extra.place() };
        report.add(
            Finding::at(place, format!("the task definition has {count} containers, and ECS takes {MAX}"))
                .label(task.anchor(), "this task definition")
                .help("move containers that need not run on the same host to a task definition of their own"),
        );
    }
}
