//! See `rules/duplicate-port-name.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports port mappings that have the same name as an earlier one in the task definition.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let mappings = task.containers().flat_map(Container::port_mappings);
        let named = mappings.filter_map(|mapping| mapping.view.str("name").known_at());
        report.extend(duplicates::by_key(named).map(|(name, first, again)| {
            Finding::at(again, format!("two port mappings are named `{name}`"))
                .label(first, "first used here")
                .help("give each port mapping in the task definition a unique name")
        }));
    }
}
