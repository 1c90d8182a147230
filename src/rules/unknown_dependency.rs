//! See `rules/unknown-dependency.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_or, nearest};

/// Reports dependencies on and links to containers that the task definition does not have.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let unknown = named(container).filter(|other| container.task.container(other.name).is_missing());
        report.extend(unknown.map(|other| finding(container, &other)));
    }
}

/// A container that another container refers to.
struct Named<'a> {
    name: &'a str,
    place: Place,
    /// The member whose value is the name; `None` for a link, whose value can also contain an alias.
    field: Option<Field<'a>>,
}

fn named(container: Container<'_>) -> impl Iterator<Item = Named<'_>> {
    let dependencies = container.view.list("dependsOn").objects().filter_map(|dependency| {
        let field = dependency.field("containerName");
        let (name, place) = field.str().known_at()?;
        Some(Named { name, place, field: Some(field) })
    });
    let links = container.view.list("links").iter().filter_map(|link| {
        let name = link.node.as_str().filter(|name| !name.is_empty())?;
        Some(Named { name: name.split(':').next().unwrap_or(name), place: link.place(), field: None })
    });
    dependencies.chain(links)
}

fn finding(container: Container, named: &Named) -> Finding {
    let Named { name, place, field } = *named;
    let names = container.task.containers().filter_map(|other| other.name().known());
    let names: Vec<&str> = names.filter(|other| container.name().known() != Some(other)).collect();
    let relation = if field.is_some() { "depends on" } else { "links to" };
    let message = format!(
        "{} {relation} `{name}`, but the task definition has no container with that name",
        container.called()
    );
    let finding = Finding::at(place, message);
    match (nearest(name, names.iter().copied()), field) {
        (Some(near), Some(field)) => suggest::value(finding, field, near),
        (Some(near), None) => suggest::hint(finding, near),
        (None, _) if names.is_empty() => {
            finding.help(format!("remove it, or add a container named `{name}` to the task definition"))
        }
        (None, _) => {
            finding.help(format!("use another container of the task definition: {}", join_or(names)))
        }
    }
}
