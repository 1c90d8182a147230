//! See `rules/target-group-without-listener.md`.

use super::prelude::*;
use crate::model::Forwarded;

/// Reports target groups of services that no listener or listener rule forwards to.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(group) = balancer.target_group().known() else { continue };
        if group.forwarded() == Forwarded::No {
            report.add(
                Finding::at(group.anchor(), "no listener or listener rule forwards to this target group")
                    .label(balancer.join_place(), "the service registers its tasks with it")
                    .help(
                        "add a listener or a listener rule with an action that forwards to the target group",
                    ),
            );
        }
    }
}
