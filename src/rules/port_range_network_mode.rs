//! See `rules/port-range-network-mode.md`.

use super::prelude::*;

/// The most ranges that a container may map.
const MAX: usize = 100;

/// Reports ranges of ports where only single ports are mapped, and too many ranges.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        for container in task.containers() {
            if let Known(mode @ (NetworkMode::Host | NetworkMode::None), mode_at) = task.network_mode()
                && let Some(at) = ranges(container).next()
            {
                report.add(
                    Finding::at(at, format!("a range of ports cannot be mapped in `{}` mode", mode.name()))
                        .label(mode_at, task.network_mode_reason())
                        .help("map single ports, or choose `awsvpc` or `bridge` mode"),
                );
            }
            if let Some(extra) = ranges(container).nth(MAX) {
                let message = format!("{} maps more than {MAX} ranges of ports", container.called());
                report.add(Finding::at(extra, message).help("join neighbouring ranges"));
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
