//! See `rules/unknown-volume.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_and, nearest};

/// Reports mounts of volumes that the task definition does not have.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let mounts = container.view.list("mountPoints").objects();
        report.extend(mounts.filter_map(|mount| unknown(container, mount)));
    }
}

fn unknown(container: Container, mount: View) -> Option<Finding> {
    let source = mount.field("sourceVolume");
    let Known(name, place) = source.str() else { return None };
    let names = volume_names(container.task)?;
    if names.contains(&name) {
        return None;
    }
    let message =
        format!("{} mounts volume `{name}`, which the task definition does not have", container.called());
    let finding = Finding::at(place, message).label(container.task.anchor(), "this task definition");
    let volumes = container.task.view.field("volumes");
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => suggest::value(finding, source, near),
        None if names.is_empty() => finding.help(format!("declare it in the task definition's `{volumes}`")),
        None => finding.help(format!("it has {}; declare the volume in `{volumes}`", join_and(names))),
    })
}

/// The names of all volumes, where they are all known.
fn volume_names(task: Task<'_>) -> Option<Vec<&str>> {
    if !task.volume_list().is_complete() {
        return None;
    }
    task.volumes().map(|volume| volume.name().known()).collect()
}
