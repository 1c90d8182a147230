//! See `rules/duplicate-container-name.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports containers that have the same name as an earlier one.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions() {
        let named = task.containers().filter_map(|container| container.name().known_at());
        report.extend(duplicates::by_key(named).map(|(name, first, again)| {
            Finding::at(again, format!("two containers are named `{name}`"))
                .label(first, "first used here")
                .help("give each container in the task definition a unique name")
        }));
    }
}
