//! See `rules/no-subnets.md`.

use super::prelude::*;

/// Reports network configurations without subnets.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, place) = service.network() else { continue };
        let subnets = network.list("subnets");
        if !subnets.is_empty() {
            continue;
        }
        let place = network.entry("subnets").map_or(place, |entry| Place::from(&entry.value));
        report.add(
            Finding::at(place, format!("the network configuration of {} has no subnets", service.called()))
                .help(format!("list the subnets for the tasks in `{}`", network.field("subnets"))),
        );
    }
}
