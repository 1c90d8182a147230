//! See `rules/unknown-dependency.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Container;
use crate::nearest::{listed, nearest};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports dependencies and links on containers that are not there.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for (name, place) in named(container) {
            if container.task.container(name).is_missing() {
                report.add(finding(container, name, place));
            }
        }
    }
}

/// The containers that a container names.
fn named(container: Container<'_>) -> Vec<(&str, Place)> {
    let dependencies = container.view.list("dependsOn").objects();
    let mut named: Vec<(&str, Place)> = dependencies
        .filter_map(|dependency| match dependency.str("containerName") {
            Known(name, place) => Some((name, place)),
            _ => None,
        })
        .collect();
    let links = container.view.list("links").iter();
    named.extend(links.filter_map(|link| {
        let name = link.node.as_str().filter(|name| !name.is_empty())?;
        Some((name.split(':').next().unwrap_or(name), link.place()))
    }));
    named
}

fn finding(container: Container, name: &str, place: Place) -> Finding {
    let names = container.task.containers().filter_map(|other| other.name().known());
    let names: Vec<&str> = names.filter(|other| container.name().known() != Some(other)).collect();
    let finding = Finding::at(
        place,
        format!("{} depends on `{name}`, which is no container of the task", container.called()),
    );
    match (nearest(name, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => finding.help(format!("did you mean `{near}`?")),
        (None, true) => finding.help("it is the only container"),
        (None, false) => finding.help(format!("the other containers are {}", listed(names))),
    }
}
