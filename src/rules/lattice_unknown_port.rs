//! See `rules/lattice-unknown-port.md`.

use super::prelude::*;
use super::support::ports::unknown_name;

/// Reports port names in VPC Lattice configurations that no port mapping has.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        let items = service.view.list("vpcLatticeConfigurations").objects();
        report.extend(items.filter_map(|item| unknown_name(item, task)));
    }
}
