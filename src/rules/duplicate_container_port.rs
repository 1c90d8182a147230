//! See `rules/duplicate-container-port.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports ports on which two containers in the same network would listen, and overlapping port ranges.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let mappings = task.containers().flat_map(Container::port_mappings).filter_map(mapped);
        let conflicts = |first: Mapped, second: Mapped| {
            overlap(&first, &second) && are_in_one_network(task, &first, &second)
        };
        let pairs = duplicates::by(mappings, conflicts);
        report.extend(pairs.map(|(first, second)| finding(task, &first, &second)));
    }
}

/// A mapping whose ports and protocol are known.
#[derive(Clone, Copy)]
struct Mapped<'a> {
    mapping: PortMapping<'a>,
    ports: (i64, i64),
    at: Place,
    protocol: &'a str,
}

fn mapped(mapping: PortMapping) -> Option<Mapped> {
    let (Known(ports, at), Known(protocol, _)) = (mapping.ports(), mapping.protocol()) else { return None };
    (ports.0 > 0).then_some(Mapped { mapping, ports, at, protocol })
}

fn overlap(first: &Mapped, second: &Mapped) -> bool {
    first.protocol == second.protocol && first.ports.0 <= second.ports.1 && second.ports.0 <= first.ports.1
}

/// Whether the two mappings share a network. In `bridge` network mode, one port can be mapped to two host ports, unless it
/// is part of a range.
fn are_in_one_network(task: Task, first: &Mapped, second: &Mapped) -> bool {
    let (one, other) = (first.mapping.container, second.mapping.container);
    if one.index == other.index {
        let is_range = |mapped: &Mapped| mapped.ports.0 != mapped.ports.1;
        return shared(task) || is_range(first) || is_range(second);
    }
    shared(task) && one.may_run_with(other)
}

/// Whether the containers of the task share a network.
fn shared(task: Task) -> bool {
    matches!(task.network_mode().known(), Some(NetworkMode::Awsvpc | NetworkMode::Host))
}

fn finding(task: Task, first: &Mapped, second: &Mapped) -> Finding {
    let called = second.mapping.container.called();
    let ports = |mapped: &Mapped| match mapped.ports {
        (low, high) if low == high => format!("port {low}"),
        (low, high) => format!("port range {low}-{high}"),
    };
    let (ours, theirs) = (ports(second), ports(first));
    let message = if ours == theirs {
        format!("{ours} of {called} is already mapped")
    } else {
        format!("{ours} of {called} overlaps {theirs}, which is already mapped")
    };
    let finding = Finding::at(second.at, message)
        .label(first.at, format!("{} maps {theirs} here", first.mapping.container.called()));
    if first.mapping.container.index != second.mapping.container.index {
        let finding =
            finding.help("configure one of the containers to use another port; they share a network");
        let mode_at = task.network_mode().place();
        return finding.labels(mode_at.map(|at| (at, task.network_mode_reason())));
    }
    let is_same = first.mapping.view.node.is_same(second.mapping.view.node);
    if !is_same {
        return finding.help("remove or change one of the mappings");
    }
    let remove = [Change::remove_item(second.mapping.view.node)];
    finding.help("remove the second mapping").fix(Safety::Safe, "remove the second mapping", remove)
}
