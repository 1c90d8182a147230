//! See `rules/unknown-dependency.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::model::Container;
use crate::nearest::{listed, nearest};
use crate::node::Entry;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports dependencies and links on containers that are not there.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for (name, place, change) in named(container) {
            if container.task.container(name).is_missing() {
                report.add(finding(container, name, place, change));
            }
        }
    }
}

/// What writes another name in place of one.
type Renaming<'a> = Option<&'a Entry>;

/// The containers that a container names, and the members whose whole value such a name is.
fn named(container: Container<'_>) -> Vec<(&str, Place, Renaming<'_>)> {
    let dependencies = container.view.list("dependsOn").objects();
    let mut named: Vec<(&str, Place, Renaming)> = dependencies
        .filter_map(|dependency| match dependency.str("containerName") {
            Known(name, place) => Some((name, place, dependency.entry("containerName"))),
            _ => None,
        })
        .collect();
    let links = container.view.list("links").iter();
    named.extend(links.filter_map(|link| {
        let name = link.node.as_str().filter(|name| !name.is_empty())?;
        Some((name.split(':').next().unwrap_or(name), link.place(), None))
    }));
    named
}

fn finding(container: Container, name: &str, place: Place, named: Renaming) -> Finding {
    let names = container.task.containers().filter_map(|other| other.name().known());
    let names: Vec<&str> = names.filter(|other| container.name().known() != Some(other)).collect();
    let finding = Finding::at(
        place,
        format!("{} depends on `{name}`, which is no container of the task", container.called()),
    );
    match (nearest(name, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => finding.help(format!("did you mean `{near}`?")).fix(
            Safety::Unsafe,
            format!("write `{near}`"),
            named.map(|entry| Change::set(&entry.value, near)).into_iter().collect(),
        ),
        (None, true) => finding.help(format!("remove it, or add `{name}` beside {}", container.called())),
        (None, false) => finding.help(format!("the other containers are {}", listed(names))),
    }
}
