//! See `rules/essential-dependency-completes.md`.

use crate::diagnostic::Finding;
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports waiting for the end of containers whose end is the task's.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for dependency in container.view.list("dependsOn").objects() {
            if let Some(finding) = completes(container, dependency) {
                report.add(finding);
            }
        }
    }
}

fn completes(container: Container, dependency: View) -> Option<Finding> {
    let Known(condition @ ("SUCCESS" | "COMPLETE"), place) = dependency.str("condition") else { return None };
    let name = dependency.str("containerName").known()?;
    let target = container.task.container(name).known()?;
    let Known(true, essential) = target.essential() else { return None };
    let reason = match target.view.entry("essential") {
        Some(_) => format!("`{name}` is essential"),
        None => format!("`{name}` is essential, since it does not say otherwise"),
    };
    let message = format!(
        "{} waits for `{condition}` of `{name}`, but `{name}` is essential: when it ends, the task does",
        container.called()
    );
    let term = target.view.term("essential");
    Some(
        Finding::at(place, message)
            .label(essential, reason)
            .help(format!("set `{term}` of `{name}` to false")),
    )
}
