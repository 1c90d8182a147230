//! See `rules/lattice-unknown-port.md`.

use crate::project::Project;
use crate::rules::Report;

/// Reports ports of VPC Lattice that no port mapping has the name of.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        for item in service.list("vpcLatticeConfigurations").objects() {
            if let Some(finding) = super::service_connect_unknown_port::unknown(item, task) {
                report.add(finding);
            }
        }
    }
}
