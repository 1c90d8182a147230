//! See `rules/duplicate-volume.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports volumes that have the same name as an earlier one.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions() {
        let named = task.volumes().filter_map(|volume| {
            let (name, place) = volume.name().known_at()?;
            Some((name, (place, volume)))
        });
        let pairs = duplicates::by_key(named).filter(|(_, (_, first), (_, again))| !are_one(*first, *again));
        report.extend(pairs.map(|(name, (_, first), (place, _))| {
            Finding::at(place, format!("two volumes are named `{name}`"))
                .label(first.anchor(), "first used here")
                .help("remove one of the volumes, or rename it")
        }));
    }
}

/// Whether Terraform merges the two blocks into one: volumes are a set, so identical blocks count once.
fn are_one(first: Volume, second: Volume) -> bool {
    let in_terraform = second.view.is_block();
    in_terraform && first.view.node.is_same(second.view.node)
}
