//! See `rules/override-unknown-container.md`.

use super::prelude::*;
use super::support::suggest;
use crate::model::Override;
use crate::suggest::{join_and, nearest};

/// Reports overrides of containers that are not in the task definition.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.container_overrides().filter_map(|found| unknown(project, found)));
}

fn unknown(project: &Project, found: Override) -> Option<Finding> {
    let Known(name, place) = found.name.str() else { return None };
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let task = found.task(*project).known()?;
    // What has other characters is a placeholder or an expression.
    if !name.chars().all(is_name) || !task.container(name).is_missing() {
        return None;
    }
    let names = task.container_names();
    let near = nearest(name, names.iter().copied());
    let place_of_names = task.containers().next().map_or(task.anchor(), Container::anchor);
    let message =
        format!("override of container `{name}`, but the task definition has no container with that name");
    let finding = Finding::at(place, message)
        .label(found.task_definition, "the task definition")
        .label(place_of_names, format!("it has {}", join_and(names)));
    Some(match near {
        Some(near) => suggest::value(finding, found.name, near),
        None => finding.help("use the name of a container in the task definition"),
    })
}
