//! See `rules/privileged-container.md`.

use super::prelude::*;

/// Reports privileged containers, except of agents, and on Fargate, where AWS rejects them.
pub fn check(project: &Project, report: &mut Report) {
    let on_instances = project.tasks().filter(|task| task.requires("FARGATE").is_none());
    for task in on_instances.filter(|task| !task.is_agent()) {
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
