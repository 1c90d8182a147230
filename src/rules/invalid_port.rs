//! See `rules/invalid-port.md`.

use super::prelude::*;

/// Reports port mappings without a port on which a container can listen.
pub fn check(project: &Project, report: &mut Report) {
    for mapping in project.containers().flat_map(Container::port_mappings) {
        report.extend(unusable(mapping).or_else(|| no_range(mapping)));
    }
}

fn unusable(mapping: PortMapping) -> Option<Finding> {
    let container = mapping.container.called();
    let field = mapping.view.field("containerPort");
    match field.int() {
        Known(1..=65535, _) | Unknown(_) => None,
        Known(port, place) => Some(
            Finding::at(place, format!("`{field}` of {container} must be between 1 and 65535 (got {port})"))
                .help(format!("set `{field}` to the port that the process in the container listens on")),
        ),
        Missing => mapping.view.is_missing("containerPortRange").then(|| {
            Finding::at(
                mapping.host_port().place().unwrap_or(mapping.anchor()),
                format!("a port mapping of {container} has no `{field}`"),
            )
            .help(format!("set `{field}` to the port that the process in the container listens on"))
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
            Finding::at(place, format!("invalid port range `{range}`"))
                .help("use the form `first-last` with the lower port first, such as `8000-8010`"),
        ),
    }
}
