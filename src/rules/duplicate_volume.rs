//! See `rules/duplicate-volume.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports volumes that are named as one before them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let named = task.volumes().filter_map(|volume| {
            let (name, place) = volume.name().known_at()?;
            Some((name, (place, volume)))
        });
        let pairs = duplicates::by_key(named).filter(|(_, (_, first), (_, again))| !are_one(*first, *again));
        report.extend(pairs.map(|(name, (_, first), (place, _))| {
            Finding::at(place, format!("two volumes are named `{name}`"))
                .label(first.anchor(), "the first one")
                .help("keep one of them, or give it another name")
        }));
    }
}

/// Whether Terraform takes two blocks for one: its volumes are a set, so blocks that say the same are.
fn are_one(first: Volume, second: Volume) -> bool {
    let in_terraform = second.view.is_block();
    in_terraform && first.view.node.is_same(second.view.node)
}
