//! See `rules/invalid-port.md`.

use crate::diagnostic::Finding;
use crate::model::PortMapping;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports port mappings without a port that a container can listen on.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for mapping in container.port_mappings() {
            if let Some(finding) = unusable(mapping).or_else(|| no_range(mapping)) {
                report.add(finding);
            }
        }
    }
}

fn unusable(mapping: PortMapping) -> Option<Finding> {
    let container = mapping.container.called();
    let term = mapping.view.term("containerPort");
    match mapping.container_port() {
        Known(1..=65535, _) | Value::Unknown(_) => None,
        Known(port, place) => Some(
            Finding::at(place, format!("container port {port} of {container} is no port"))
                .help("name the port that the process in the container listens on, 1 to 65535"),
        ),
        Value::Missing => mapping.view.any("containerPortRange").is_missing().then(|| {
            Finding::at(
                mapping.host_port().place().unwrap_or(mapping.title()),
                format!("a port mapping of {container} has no `{term}`"),
            )
            .help(format!("set `{term}` to the port that the process in the container listens on"))
        }),
    }
}

fn no_range(mapping: PortMapping) -> Option<Finding> {
    let Known(range, place) = mapping.view.str("containerPortRange") else { return None };
    let bounds = range
        .split_once('-')
        .and_then(|(low, high)| Some((low.parse::<u16>().ok()?, high.parse::<u16>().ok()?)));
    match bounds {
        Some((low, high)) if 0 < low && low < high => None,
        _ => Some(
            Finding::at(place, format!("`{range}` is no range of ports"))
                .help("write the first and the last port, the smaller first: `8000-8010`"),
        ),
    }
}
