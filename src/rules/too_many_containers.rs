//! See `rules/too-many-containers.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;

/// The most containers a task definition may have; a quota that AWS does not raise.
const MOST: usize = 10;

/// Reports task definitions with more containers than ECS takes.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let containers = task.container_list();
        let count = containers.iter().count();
        let Some(extra) = containers.iter().nth(MOST) else { continue };
        let is_object = extra.node.as_object().is_some();
        let place = match is_object {
            true => Container { task, view: extra }.title(),
            false => Place::from(extra.node),
        };
        report.add(
            Finding::at(place, format!("the task definition has {count} containers, and ECS takes {MOST}"))
                .label(task.title(), "this task definition")
                .help("move containers that need not run on the same host to a task definition of their own"),
        );
    }
}
