//! See `rules/too-many-subnets.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// Maximum number of subnets in a network configuration.
const MAX: usize = 16;

/// Reports network configurations with more subnets than ECS allows.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let Some((extra, count)) = first_beyond(network.list("subnets").iter(), MAX) else { continue };
        let message = format!("{} can have at most {MAX} subnets (got {count})", service.called());
        report.add(Finding::at(extra.place(), message).help("keep only one subnet per Availability Zone"));
    }
}
