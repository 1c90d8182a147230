//! See `rules/too-many-security-groups.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// The most security groups of a network configuration.
const MOST: usize = 5;

/// Reports network configurations with more security groups than they may have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let groups: Vec<View> = network.list("securityGroups").iter().collect();
        let Some(surplus) = groups.get(MOST) else { continue };
        report.add(
            Finding::at(
                surplus.place(),
                format!("{} has {} security groups, and may have {MOST}", service.called(), groups.len()),
            )
            .help("put the rules of several groups into one"),
        );
    }
}
