//! See `rules/duplicate-host-port.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports host ports that two mappings of a task use. In `host` network mode, host ports are container ports, which
/// `duplicate-container-port` reports.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.network_mode().known() == Some(NetworkMode::Bridge)) {
        let mappings = task.containers().flat_map(Container::port_mappings).filter_map(HostPort::of);
        report.extend(duplicates::by(mappings, HostPort::conflicts).map(|(first, again)| {
            let container = first.mapping.container;
            Finding::at(again.at, format!("host port {} is mapped twice in the task definition", again.port))
                .label(first.at, format!("{} maps it here", container.called()))
                .help("use another host port, or omit it to have one assigned")
        }));
    }
}

/// A mapping to a static host port.
#[derive(Clone, Copy)]
struct HostPort<'a> {
    mapping: PortMapping<'a>,
    port: i64,
    at: Place,
    protocol: &'a str,
}

impl<'a> HostPort<'a> {
    fn of(mapping: PortMapping<'a>) -> Option<HostPort<'a>> {
        let (Known(port, at), Known(protocol, _)) = (mapping.static_host_port(), mapping.protocol()) else {
            return None;
        };
        Some(HostPort { mapping, port, at, protocol })
    }

    fn conflicts(self, other: HostPort) -> bool {
        (self.port, self.protocol) == (other.port, other.protocol)
            && other.mapping.container.may_run_with(self.mapping.container)
    }
}
