//! See `rules/duplicate-volume.md`.

use crate::diagnostic::Finding;
use crate::model::Volume;
use crate::node::Dialect;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports volumes that are named as one before them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let mut seen: Vec<(&str, Volume)> = Vec::new();
        for volume in task.volumes() {
            let Known(name, place) = volume.name() else { continue };
            match seen.iter().find(|(known, _)| *known == name) {
                Some((_, first)) if !are_one(*first, volume) => report.add(
                    Finding::at(place, format!("two volumes are named `{name}`"))
                        .label(first.title(), "the first one")
                        .help("keep one of them, or give it another name"),
                ),
                Some(_) => {}
                None => seen.push((name, volume)),
            }
        }
    }
}

/// Whether Terraform takes two blocks for one: its volumes are a set, so blocks that say the same are.
fn are_one(first: Volume, second: Volume) -> bool {
    let in_terraform =
        second.view.node.as_object().is_some_and(|object| object.dialect == Dialect::Terraform);
    in_terraform && first.view.node.is_same(second.view.node)
}
