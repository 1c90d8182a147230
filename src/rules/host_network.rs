//! See `rules/host-network.md`.

use super::prelude::*;

/// Reports task definitions in `host` network mode, except agents. Tasks on Fargate have no host.
pub fn check(project: &Project, report: &mut Report) {
    let on_instances = project.tasks().filter(|task| task.requires("FARGATE").is_none());
    for task in on_instances.filter(|task| !task.is_agent()) {
        let mode = task.view.field("networkMode");
        let Known("host", place) = mode.str() else { continue };
        let message = format!(
            "`{mode}` is `host`: containers can reach every service that listens on the instance, including its metadata"
        );
        report.add(
            Finding::at(place, message)
                .help("use `awsvpc` or `bridge`, unless the task monitors the instance"),
        );
    }
}
