//! See `rules/duplicate-container-name.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports containers that are named as one before them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let named = task.containers().filter_map(|container| container.name().known_at());
        report.extend(duplicates::by_key(named).map(|(name, first, again)| {
            Finding::at(again, format!("two containers are named `{name}`"))
                .label(first, "the first one")
                .help("give each container of the task definition a name of its own")
        }));
    }
}
