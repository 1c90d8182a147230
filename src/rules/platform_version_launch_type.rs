//! See `rules/platform-version-launch-type.md`.

use super::prelude::*;

/// Reports platform versions with launch types other than Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(place) = service.view.certainly("platformVersion") else { continue };
        let Known(name @ ("EC2" | "EXTERNAL"), at) = service.launch_type() else { continue };
        let field = service.view.field("platformVersion");
        report.add(
            Finding::at(place, format!("`{field}` is not supported with launch type `{name}`"))
                .label(at, service.compute_reason())
                .help(format!("remove `{field}`; only Fargate has platform versions")),
        );
    }
}
