//! See `rules/unknown-volumes-from-container.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_and, nearest};

/// Reports containers that take the volumes of one that is not there.
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
    let message = format!("{called} takes the volumes of `{name}`, which is no container of the task");
    let finding = Finding::at(place, message).label(task.anchor(), "this task definition");
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => suggest::value(finding, field, near),
        None => finding.help(format!("it has {}", join_and(names))),
    })
}
