//! See `rules/no-containers.md`.

use super::prelude::*;

/// Reports task definitions with an empty list of containers. One without the list may be a part that another tool
/// completes.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions() {
        let Some(entry) = task.view.entry("containerDefinitions") else { continue };
        if task.container_list().is_empty() {
            report.add(
                Finding::at(Place::from(&entry.value), "the task definition has no containers")
                    .help(format!("define at least one container in `{}`", entry.written)),
            );
        }
    }
}
