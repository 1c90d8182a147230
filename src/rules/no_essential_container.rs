//! See `rules/no-essential-container.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Task;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports task definitions all of whose containers may die.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let places = none_essential(task).unwrap_or_default();
        let Some((first, others)) = places.split_first() else { continue };
        let finding = Finding::at(*first, "no container of the task definition is essential").help(
            "make the container essential without which the task is of no use; one that says nothing is",
        );
        report.add(others.iter().fold(finding, |finding, other| finding.label(*other, "nor this one")));
    }
}

/// Where each container says that it is not essential, if every one does.
fn none_essential(task: Task) -> Option<Vec<Place>> {
    let said = task.containers().map(|container| match container.essential() {
        Known(false, place) => Some(place),
        _ => None,
    });
    let places: Vec<Place> = said.collect::<Option<_>>()?;
    task.container_list().is_complete().then_some(places)
}
