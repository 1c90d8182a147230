//! See `rules/too-many-security-groups.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// Maximum number of security groups in a network configuration.
const MAX: usize = 5;

/// Reports network configurations with more security groups than ECS allows.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let groups = network.list("securityGroups");
        let Some((extra, count)) = first_beyond(groups.iter(), MAX) else { continue };
        let message = format!("{} can have at most {MAX} security groups (got {count})", service.called());
        report.add(
            Finding::at(extra.place(), message).help("combine the rules of several security groups into one"),
        );
    }
}
