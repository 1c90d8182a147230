//! See `rules/service-connect-unknown-port.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Task;
use crate::nearest::{listed, nearest};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};
use crate::value::View;

/// Reports ports of Service Connect that no port mapping has the name of.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(connect), Some(task)) = (service.connect(), service.task().known()) else { continue };
        for item in connect.list("services").objects() {
            if let Some(finding) = unknown(item, task) {
                report.add(finding);
            }
        }
    }
}

/// A port name that no mapping of the task has, where all names are known.
pub(super) fn unknown(item: View, task: Task) -> Option<Finding> {
    let Known(name, place) = item.str("portName") else { return None };
    let names = port_names(task)?;
    if names.contains(&name) {
        return None;
    }
    let finding = Finding::at(place, format!("no port mapping of the task definition is named `{name}`"));
    Some(match (nearest(name, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => {
            let change = item.entry("portName").map(|entry| Change::set(&entry.value, near));
            finding.label(task.title(), "this task definition").help(format!("did you mean `{near}`?")).fix(
                Safety::Unsafe,
                format!("write `{near}`"),
                change.into_iter().collect(),
            )
        }
        (None, []) => finding
            .label(task.title(), "its port mappings have no names")
            .help(format!("set `name` to `{name}` in the port mapping that is meant")),
        (None, names) => finding
            .label(task.title(), format!("it has {}", listed(names.iter().copied())))
            .help("name a port mapping that is there"),
    })
}

/// The names of all port mappings, where all containers, mappings and names are known.
fn port_names(task: Task<'_>) -> Option<Vec<&str>> {
    let mut certain = task.container_list().is_complete();
    let mut names = Vec::new();
    for container in task.containers() {
        certain &= container.port_list().is_complete();
        for mapping in container.port_mappings() {
            match mapping.view.str("name") {
                Known(name, _) => names.push(name),
                Value::Missing => {}
                Value::Unknown(_) => certain = false,
            }
        }
    }
    certain.then_some(names)
}
