//! See `rules/duplicate-port-name.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports port mappings that are named as one before them in the task definition.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let mappings = task.containers().flat_map(Container::port_mappings);
        let named = mappings.filter_map(|mapping| mapping.view.str("name").known_at());
        report.extend(duplicates::by_key(named).map(|(name, first, again)| {
            Finding::at(again, format!("two port mappings are named `{name}`"))
                .label(first, "the first one")
                .help("give each a name of its own in the task definition")
        }));
    }
}
