//! See `rules/single-task.md`.

use super::prelude::*;

/// Reports services behind a load balancer with a desired count of 1.
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
                format!(
                    "{} has only one task, so it is unavailable whenever that task stops",
                    service.called()
                ),
            )
            .label(balancer.join_place(), "the load balancer has no other target")
            .help("run at least two tasks, in two Availability Zones"),
        );
    }
}
