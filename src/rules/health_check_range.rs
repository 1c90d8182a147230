//! See `rules/health-check-range.md`.

use super::prelude::*;
use super::support::range::out_of_range;

/// Reports container health check settings outside the range that ECS accepts.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Known(health, _) = container.view.object("healthCheck") else { continue };
        report.extend([
            out_of_range(health.field("interval"), &(5..=300), " seconds"),
            out_of_range(health.field("timeout"), &(2..=60), " seconds"),
            out_of_range(health.field("retries"), &(1..=10), ""),
            out_of_range(health.field("startPeriod"), &(0..=300), " seconds"),
        ]);
    }
}
