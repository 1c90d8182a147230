//! See `rules/port-range-network-mode.md`.

use super::prelude::*;

/// The maximum number of port ranges that a container can map.
const MAX: usize = 100;

/// Reports port ranges in network modes that do not support them, and too many port ranges.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        for container in task.containers() {
            if let Known(mode @ (NetworkMode::Host | NetworkMode::None), mode_at) = task.network_mode()
                && let Some(at) = ranges(container).next()
            {
                report.add(
                    Finding::at(
                        at,
                        format!("port ranges are not supported in `{}` network mode", mode.name()),
                    )
                    .label(mode_at, task.network_mode_reason())
                    .help("map single ports, or use `awsvpc` or `bridge` network mode"),
                );
            }
            if let Some(extra) = ranges(container).nth(MAX) {
                let count = ranges(container).count();
                let message =
                    format!("{} can have at most {MAX} port ranges (got {count})", container.called());
                report.add(Finding::at(extra, message).help("combine adjacent port ranges"));
            }
        }
    }
}

fn ranges(container: Container) -> impl Iterator<Item = Place> {
    container.port_mappings().filter_map(|mapping| match mapping.view.any("containerPortRange") {
        Missing => None,
        range => range.place(),
    })
}
