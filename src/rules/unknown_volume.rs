//! See `rules/unknown-volume.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::{Container, Task};
use crate::nearest::{listed, nearest};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports mounts of volumes that the task definition does not have.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        for container in task.containers() {
            for mount in container.view.list("mountPoints").objects() {
                if let Some(finding) = unknown(container, mount) {
                    report.add(finding);
                }
            }
        }
    }
}

fn unknown(container: Container, mount: View) -> Option<Finding> {
    let Known(name, place) = mount.str("sourceVolume") else { return None };
    let names = volumes(container.task)?;
    if names.contains(&name) {
        return None;
    }
    let finding = Finding::at(
        place,
        format!("{} mounts volume `{name}`, which the task definition does not have", container.called()),
    );
    let term = container.task.view.term("volumes");
    let finding = match (nearest(name, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => {
            let change = mount.entry("sourceVolume").map(|entry| Change::set(&entry.value, near));
            finding.help(format!("did you mean `{near}`?")).fix(
                Safety::Unsafe,
                format!("write `{near}`"),
                change.into_iter().collect(),
            )
        }
        (None, true) => finding.help(format!("declare it in the task definition's `{term}`")),
        (None, false) => finding.help(format!("it has {}; declare the volume in `{term}`", listed(names))),
    };
    Some(finding.label(container.task.title(), "this task definition"))
}

/// The names of all volumes, where they are all known.
fn volumes(task: Task<'_>) -> Option<Vec<&str>> {
    let list = task.view.list("volumes");
    if !list.is_complete() {
        return None;
    }
    list.objects().map(|volume| volume.str("name").known()).collect()
}
