//! See `rules/duplicate-environment-name.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports environment variables that are set twice.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        repeated(container, report);
    }
}

fn repeated(container: Container, report: &mut Report) {
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for item in container.view.list("environment").objects() {
        let Known(name, place) = item.str("name") else { continue };
        match seen.iter().find(|(known, _)| *known == name) {
            Some((_, first)) => report.add(
                Finding::at(place, format!("{} sets the variable `{name}` twice", container.called()))
                    .label(*first, "the first time")
                    .help("remove one of the two; which of them counts is not said anywhere"),
            ),
            None => seen.push((name, place)),
        }
    }
}
