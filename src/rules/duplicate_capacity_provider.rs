//! See `rules/duplicate-capacity-provider.md`.

use super::prelude::*;
use super::support::duplicates;
use crate::value::Node;

/// Reports strategies that contain the same capacity provider twice.
pub fn check(project: &Project, report: &mut Report) {
    for list in project.strategies() {
        let named = list.objects().filter_map(|item| Some(&item.entry("capacityProvider")?.value));
        let [base, weight] = ["base", "weight"].map(|key| named_in(list, key));
        let pairs = duplicates::by(named, |first, again: &Node| first.certainly_equals(again));
        report.extend(pairs.map(|(first, again)| {
            let name = again.as_str();
            let called = name.map_or_else(
                || "this capacity provider".to_owned(),
                |name| format!("capacity provider `{name}`"),
            );
            Finding::at(again, format!("{called} appears twice in the strategy"))
                .label(first, "first used here")
                .help(format!("combine `{base}` and `{weight}` in one item"))
        }));
    }
}

/// The name of a member of the items of a list.
fn named_in(list: List, key: &'static str) -> String {
    list.objects().next().map_or_else(|| key.to_owned(), |item| item.field(key).name().to_string())
}
