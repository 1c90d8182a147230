//! See `rules/too-many-security-groups.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The most security groups of a network configuration.
const MAX: usize = 5;

/// Reports network configurations with more security groups than they may have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let groups = network.list("securityGroups");
        let Some((extra, count)) = first_beyond(groups.iter(), MAX) else { continue };
        let message = format!("{} has {count} security groups, and may have {MAX}", service.called());
        report.add(Finding::at(extra.place(), message).help("put the rules of several groups into one"));
    }
}
