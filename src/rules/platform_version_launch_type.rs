//! See `rules/platform-version-launch-type.md`.

use super::prelude::*;

/// Reports platform versions off Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(place) = service.view.certainly("platformVersion") else { continue };
        let Known(name @ ("EC2" | "EXTERNAL"), at) = service.launch_type() else { continue };
        report.add(
            Finding::at(place, format!("launch type `{name}` has no platform version"))
                .label(at, service.compute_reason())
                .help(format!(
                    "remove `{}`; only Fargate has platform versions",
                    service.view.field("platformVersion")
                )),
        );
    }
}
