//! See `rules/service-registry-unknown-container.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_and, nearest};

/// Reports service registries that name a container or a container port that the task definition does not have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        for registry in service.view.list("serviceRegistries").objects() {
            let Known(name, place) = registry.str("containerName") else { continue };
            match (task.container(name), registry.int("containerPort")) {
                (Missing, _) => report.add(no_container(task, name, place)),
                (Known(container, _), Known(port, place)) if container.port(port).is_missing() => {
                    report.add(no_port(container, port, place));
                }
                _ => {}
            }
        }
    }
}

fn no_container(task: Task, name: &str, place: Place) -> Finding {
    let names = task.container_names();
    let finding = Finding::at(place, format!("the task definition has no container named `{name}`"))
        .label(task.anchor(), format!("this task definition defines {}", join_and(names.iter().copied())));
    match nearest(name, names.iter().copied()) {
        Some(near) => suggest::hint(finding, near),
        None => finding.help("use the name of the container whose port is registered"),
    }
}

fn no_port(container: Container, port: i64, place: Place) -> Finding {
    Finding::at(place, format!("{} has no port mapping for container port {port}", container.called()))
        .label(container.anchor(), "this container")
        .help(format!("add a port mapping for container port {port}, or use a port that the container maps"))
}
