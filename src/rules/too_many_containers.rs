//! See `rules/too-many-containers.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// Maximum number of containers in a task definition, a quota that cannot be increased.
const MAX: usize = 10;

/// Reports task definitions with more containers than ECS allows.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some((extra, count)) = first_beyond(task.container_list().iter(), MAX) else { continue };
        let is_object = extra.node.as_object().is_some();
        let place = if is_object { extra.heading("name") } else { extra.place() };
        report.add(
            Finding::at(place, format!("a task definition can have at most {MAX} containers (got {count})"))
                .label(task.anchor(), "this task definition")
                .help(
                    "move containers that do not need to run on the same host to a separate task definition",
                ),
        );
    }
}
