//! See `rules/duplicate-target-group.md`.

use super::prelude::*;
use super::support::duplicates;
use crate::value::Node;

/// Reports target groups with which a service registers its tasks twice.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let groups = service.load_balancers().flat_map(target_groups);
        let pairs = duplicates::by(groups, |first, again: &Node| first.certainly_equals(again));
        report.extend(pairs.map(|(first, again)| {
            Finding::at(again, format!("{} uses this target group twice", service.called()))
                .label(first, "first used here")
                .help("use a different target group for each entry")
        }));
    }
}

/// Returns the values that identify the target groups of an entry.
fn target_groups(balancer: LoadBalancer<'_>) -> impl Iterator<Item = &Node> {
    let advanced = balancer.view.object("advancedConfiguration").known();
    let alternate = advanced.and_then(|advanced| advanced.entry("alternateTargetGroupArn"));
    let named = [balancer.view.entry("targetGroupArn"), alternate];
    named.into_iter().flatten().map(|entry| &entry.value)
}
