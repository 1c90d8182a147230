//! See `rules/ephemeral-host-port.md`.

use std::ops::RangeInclusive;

use super::prelude::*;
use super::support::ports::reserved_for;

/// The default ephemeral port range. Linux assigns these ports to outgoing connections, and Docker assigns them as dynamic
/// host ports.
const EPHEMERAL: RangeInclusive<i64> = 32768..=60999;

/// Reports static host ports that may already be assigned to something else.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for mapping in task.containers().flat_map(Container::port_mappings) {
            let (Known(port, _), Known(_, place)) = (mapping.static_host_port(), mapping.host_port()) else {
                continue;
            };
            if !EPHEMERAL.contains(&port) || reserved_for(port).is_some() {
                continue;
            }
            let (least, most) = (EPHEMERAL.start(), EPHEMERAL.end());
            report.add(
                Finding::at(
                    place,
                    format!("host port {port} is in the ephemeral port range ({least} to {most})"),
                )
                .help(format!("use a port below {least}, or omit it to have one assigned")),
            );
        }
    }
}
