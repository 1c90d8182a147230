//! See `rules/invalid-deployment-percent.md`.

use super::prelude::*;
use super::support::range::outside;

/// Reports percentages that a deployment cannot have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let drops = service.traits().adapts_requests && service.daemon().is_some();
        let Known(deployment, _) = service.deployment() else { continue };
        let [least, most] = deployment.fields(["minimumHealthyPercent", "maximumPercent"]);
        if let Some((minimum, place)) = outside(least, &(0..=100)) {
            report.add(
                Finding::at(place, format!("{minimum} % of the tasks cannot stay healthy"))
                    .help(format!("`{least}` is 0 to 100")),
            );
        }
        if let Known(maximum @ ..100, place) = most.int()
            && !drops
        {
            report.add(
                Finding::at(
                    place,
                    format!("at most {maximum} % of the tasks may run, which is fewer than are wanted"),
                )
                .help(format!("`{most}` is 100 or more")),
            );
        }
    }
}
