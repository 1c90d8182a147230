//! See `rules/too-many-subnets.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The most subnets of a network configuration.
const MAX: usize = 16;

/// Reports network configurations with more subnets than they may have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let Some((extra, count)) = first_beyond(network.list("subnets").iter(), MAX) else { continue };
        let message = format!("{} names {count} subnets, and may name {MAX}", service.called());
        report
            .add(Finding::at(extra.place(), message).help("one subnet for each Availability Zone is enough"));
    }
}
