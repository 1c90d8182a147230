//! See `rules/fargate-placement.md`.

use super::prelude::*;

/// Reports placement on Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("FARGATE", why) = service.launch_type() else { continue };
        let [strategy, constraints] = service.view.fields(["placementStrategy", "placementConstraints"]);
        for (field, what) in [(strategy, "placement strategies"), (constraints, "placement constraints")] {
            let Some(first) = field.list().objects().next() else { continue };
            report.add(
                Finding::at(first.place(), format!("there are no {what} on Fargate"))
                    .label(why, service.compute_reason())
                    .help(format!("remove `{field}`; Fargate spreads tasks over the zones of the subnets")),
            );
        }
    }
}
