//! See `rules/no-logging.md`.

use super::prelude::*;

/// Reports containers on Fargate without a log configuration, whose output is lost.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        // Something else deploys the real containers.
        if !task.keeps_containers() {
            continue;
        }
        for container in task.containers().filter(|container| container.log().is_missing()) {
            let log = container.view.field("logConfiguration");
            let message = format!("{} has no `{log}`, so its output on Fargate is lost", container.called());
            report.add(
                Finding::at(container.anchor(), message)
                    .label(fargate, "Fargate does not store container output")
                    .help(format!("add a `{log}` with the `awslogs` driver")),
            );
        }
    }
}
