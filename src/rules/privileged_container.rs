//! See `rules/privileged-container.md`.

use super::prelude::*;

/// Reports privileged containers. On Fargate there are none: AWS refuses them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for container in task.containers() {
            let Known(true, place) = container.view.bool("privileged") else { continue };
            let message =
                format!("{} is privileged: it can do on the instance what root can", container.called());
            report.add(
                Finding::at(place, message)
                    .help("remove it, and add the capabilities and devices that the container needs"),
            );
        }
    }
}
