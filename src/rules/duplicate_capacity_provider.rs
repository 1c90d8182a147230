//! See `rules/duplicate-capacity-provider.md`.

use super::prelude::*;
use super::support::duplicates;
use crate::value::Node;

/// Reports strategies that name one capacity provider twice.
pub fn check(project: &Project, report: &mut Report) {
    for list in project.strategies() {
        let named = list.objects().filter_map(|item| Some(&item.entry("capacityProvider")?.value));
        let pairs = duplicates::by(named, |first, again: &Node| first.certainly_equals(again));
        report.extend(pairs.map(|(first, again)| {
            let name = again.as_str();
            let called = name.map_or_else(|| "this capacity provider".to_owned(), |name| format!("`{name}`"));
            Finding::at(again, format!("the strategy names {called} twice"))
                .label(first, "named here first")
                .help("put base and weight into one item")
        }));
    }
}
