//! See `rules/fargate-placement.md`.

use super::prelude::*;

/// Reports placement strategies and constraints on Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("FARGATE", why) = service.launch_type() else { continue };
        let [strategy, constraints] = service.view.fields(["placementStrategy", "placementConstraints"]);
        for (field, what) in [(strategy, "placement strategies"), (constraints, "placement constraints")] {
            let Some(first) = field.list().objects().next() else { continue };
            report.add(
                Finding::at(first.place(), format!("{what} are not supported on Fargate"))
                    .label(why, service.compute_reason())
                    .help(format!(
                        "remove `{field}`; Fargate spreads tasks across the Availability Zones of the subnets"
                    )),
            );
        }
    }
}
