//! See `rules/invalid-deployment-percent.md`.

use super::prelude::*;
use super::support::range::outside;

/// Reports deployment percentages outside the range that ECS accepts.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let drops = service.traits().adapts_requests && service.daemon().is_some();
        let Known(deployment, _) = service.deployment() else { continue };
        let [least, most] = deployment.fields(["minimumHealthyPercent", "maximumPercent"]);
        if let Some((minimum, place)) = outside(least, &(0..=100)) {
            let message = format!("`{least}` must be between 0 and 100 (got {minimum})");
            report.add(Finding::at(place, message));
        }
        if let Known(maximum @ ..100, place) = most.int()
            && !drops
        {
            report.add(
                Finding::at(place, format!("`{most}` must be at least 100 (got {maximum})"))
                    .help("use 100 or more; a lower value does not allow the desired count of tasks to run"),
            );
        }
    }
}
