//! See `rules/essential-dependency-completes.md`.

use crate::diagnostic::{Change, Finding, Safety};
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
    let set = format!("set `{}` of `{name}` to false", target.view.term("essential"));
    let finding = Finding::at(place, message).label(essential, reason).help(set.clone());
    // Then the waiting container is the essential one; were none, the edit would be one mistake for another.
    let safety = match container.essential() {
        Known(true, _) => Safety::Safe,
        _ => Safety::Unsafe,
    };
    Some(match not_essential(target) {
        Some(change) => finding.fix(safety, set, vec![change]),
        None => finding,
    })
}

/// The change by which a container is no longer essential.
pub(super) fn not_essential(container: Container) -> Option<Change> {
    match container.view.entry("essential") {
        Some(entry) => Some(Change::set(&entry.value, false)),
        None => Some(Change::insert(container.view.entry("name")?, container.view.term("essential"), false)),
    }
}
