//! See `rules/no-essential-container.md`.

use super::prelude::*;

/// Reports task definitions all of whose containers may die.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let places = none_essential(task).unwrap_or_default();
        let Some((first, others)) = places.split_first() else { continue };
        report.add(
            Finding::at(*first, "no container of the task definition is essential")
                .labels(others.iter().map(|other| (*other, "nor this one")))
                .help("make the container essential without which the task is of no use; one that says nothing is"),
        );
    }
}

/// Where each container says that it is not essential, if every one does.
fn none_essential(task: Task) -> Option<Vec<Place>> {
    let places = task.containers().map(|container| match container.essential() {
        Known(false, place) => Some(place),
        _ => None,
    });
    let places: Vec<Place> = places.collect::<Option<_>>()?;
    task.container_list().is_complete().then_some(places)
}
