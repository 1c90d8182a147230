//! See `rules/privileged-container.md`.

use super::prelude::*;

/// Reports privileged containers, except on Fargate, where AWS rejects them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for container in task.containers() {
            let Known(true, place) = container.view.bool("privileged") else { continue };
            let field = container.view.field("privileged");
            let message =
                format!("{} is privileged, so it has root access to the instance", container.called());
            report.add(Finding::at(place, message).help(format!(
                "remove `{field}`, and add only the capabilities and devices that the container needs"
            )));
        }
    }
}
