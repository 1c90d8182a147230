//! See `rules/no-essential-container.md`.

use super::prelude::*;

/// Reports task definitions in which every container is non-essential.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions() {
        let places = none_essential(task).unwrap_or_default();
        let Some((first, others)) = places.split_first() else { continue };
        report.add(
            Finding::at(*first, "the task definition has no essential container")
                .labels(others.iter().map(|other| (*other, "this container is not essential either")))
                .help("set `essential` to `true` (the default) for the container that the task cannot run without"),
        );
    }
}

/// Returns the places that set the containers to be non-essential; `None` unless all of them are.
fn none_essential(task: Task) -> Option<Vec<Place>> {
    let places = task.containers().map(|container| match container.essential() {
        Known(false, place) => Some(place),
        _ => None,
    });
    let places: Vec<Place> = places.collect::<Option<_>>()?;
    task.container_list().is_complete().then_some(places)
}
