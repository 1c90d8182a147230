//! See `rules/unknown-volume.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_or, nearest};

/// Reports mount points whose volume the task definition does not have.
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
    let message = format!(
        "{} mounts volume `{name}`, but the task definition has no volume with that name",
        container.called()
    );
    let finding = Finding::at(place, message).label(container.task.anchor(), "this task definition");
    let volumes = container.task.view.field("volumes");
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => suggest::value(finding, source, near),
        None if names.is_empty() => {
            finding.help(format!("declare the volume in the task definition's `{volumes}`"))
        }
        None => finding.help(format!("use {}, or declare the volume in `{volumes}`", join_or(names))),
    })
}

/// Returns the names of all volumes; `None` if any of them is unknown.
fn volume_names(task: Task<'_>) -> Option<Vec<&str>> {
    if !task.volume_list().is_complete() {
        return None;
    }
    task.volumes().map(|volume| volume.name().known()).collect()
}
