//! See `rules/zero-capacity-provider-weights.md`.

use super::prelude::*;

/// Reports capacity provider strategies in which every weight is 0.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let list = service.capacity_providers();
        let mut items = service.strategy_items();
        let Some(first) = items.next() else { continue };
        let weightless = |item: Strategy| item.weight().known() == Some(0);
        if !list.is_complete() || !weightless(first) || !items.all(weightless) {
            continue;
        }
        let place = first.weight().place().unwrap_or_else(|| first.place());
        report.add(
            Finding::at(place, "no capacity provider in the strategy has a weight greater than 0").help(
                format!(
                    "set `{}` to 1 or more for at least one of them (the default is 0)",
                    first.view.field("weight")
                ),
            ),
        );
    }
}
