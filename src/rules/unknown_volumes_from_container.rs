//! See `rules/unknown-volumes-from-container.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_or, nearest};

/// Reports containers that mount volumes from a container that the task definition does not have.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let sources = container.view.list("volumesFrom").objects();
        report.extend(sources.filter_map(|source| unknown(container.task, source, &container.called())));
    }
}

fn unknown(task: Task, source: View, called: &str) -> Option<Finding> {
    let field = source.field("sourceContainer");
    let Known(name, place) = field.str() else { return None };
    let Missing = task.container(name) else { return None };
    let names = task.container_names();
    let message = format!(
        "{called} mounts volumes from `{name}`, but the task definition has no container with that name"
    );
    let finding = Finding::at(place, message).label(task.anchor(), "this task definition");
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => suggest::value(finding, field, near),
        None => finding.help(format!("use a container of the task definition: {}", join_or(names))),
    })
}
