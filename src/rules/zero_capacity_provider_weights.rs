//! See `rules/zero-capacity-provider-weights.md`.

use super::prelude::*;

/// Reports strategies in which no item has a weight.
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
        report.add(Finding::at(place, "no capacity provider of the strategy has a weight above 0").help(
            format!(
                "set `{}` to 1 or more for one of them; it is 0 unless it says otherwise",
                first.view.field("weight")
            ),
        ));
    }
}
