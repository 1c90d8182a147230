//! See `rules/fargate-placement.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports placement on Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("FARGATE", why) = service.launch_type() else { continue };
        for (key, what) in
            [("placementStrategy", "placement strategies"), ("placementConstraints", "placement constraints")]
        {
            let Some(first) = service.list(key).objects().next() else { continue };
            report.add(
                Finding::at(first.place(), format!("there are no {what} on Fargate"))
                    .label(why, service.compute_reason())
                    .help(format!(
                        "remove `{}`; Fargate spreads tasks over the zones of the subnets",
                        service.view.term(key)
                    )),
            );
        }
    }
}
