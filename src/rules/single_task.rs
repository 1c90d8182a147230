//! See `rules/single-task.md`.

use super::prelude::*;

/// Reports services behind a load balancer that have one task only.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(1, place) = service.view.int("desiredCount") else { continue };
        let Some(balancer) = service.load_balancers().next() else { continue };
        let moved = service.ignores("desiredCount") || service.scaling_target().is_some();
        if moved || service.scheduling().known() != Some("REPLICA") {
            continue;
        }
        report.add(
            Finding::at(
                place,
                format!("{} has one task, so it is away whenever that one is", service.called()),
            )
            .label(balancer.join_place(), "the load balancer has nowhere else to go")
            .help("run two tasks or more, in two zones"),
        );
    }
}
