//! See `rules/duplicate-container-name.md`.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Place};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports containers that are named as one before them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        for container in task.containers() {
            let Known(name, place) = container.name() else { continue };
            match seen.get(name) {
                Some(first) => report.add(
                    Finding::at(place, format!("two containers are named `{name}`"))
                        .label(*first, "the first one")
                        .help("give each container of the task definition a name of its own"),
                ),
                None => {
                    seen.insert(name, place);
                }
            }
        }
    }
}
