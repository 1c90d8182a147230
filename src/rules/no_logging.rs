//! See `rules/no-logging.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;

/// Reports containers on Fargate whose output nobody keeps.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        for container in task.containers().filter(|container| container.log().is_missing()) {
            let term = container.view.term("logConfiguration");
            let message = format!("{} has no `{term}`, so on Fargate its output is lost", container.called());
            report.add(
                Finding::at(container.title(), message)
                    .label(fargate, "there is no instance whose disk would keep it")
                    .help(format!("add a `{term}` with the `awslogs` driver")),
            );
        }
    }
}
