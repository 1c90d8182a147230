//! See `rules/too-many-subnets.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// The most subnets of a network configuration.
const MOST: usize = 16;

/// Reports network configurations with more subnets than they may have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let subnets: Vec<View> = network.list("subnets").iter().collect();
        let Some(surplus) = subnets.get(MOST) else { continue };
        report.add(
            Finding::at(
                surplus.place(),
                format!("{} names {} subnets, and may name {MOST}", service.called(), subnets.len()),
            )
            .help("one subnet for each Availability Zone is enough"),
        );
    }
}
