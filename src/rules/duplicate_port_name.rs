//! See `rules/duplicate-port-name.md`.

use crate::diagnostic::{Finding, Place};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports port mappings that are named as one before them in the task definition.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let mut seen: Vec<(&str, Place)> = Vec::new();
        for mapping in task.containers().flat_map(|container| container.port_mappings()) {
            let Known(name, place) = mapping.view.str("name") else { continue };
            match seen.iter().find(|(known, _)| *known == name) {
                Some((_, first)) => report.add(
                    Finding::at(place, format!("two port mappings are named `{name}`"))
                        .label(*first, "the first one")
                        .help("give each a name of its own in the task definition"),
                ),
                None => seen.push((name, place)),
            }
        }
    }
}
