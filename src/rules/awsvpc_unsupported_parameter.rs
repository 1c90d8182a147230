//! See `rules/awsvpc-unsupported-parameter.md`.

use super::prelude::*;
use super::support::unsupported::{CONTAINER_IN_AWSVPC, Given};

/// Documented as not supported, but AWS is not known to reject it.
const DOCUMENTED: &str = "dnsSearchDomains";

/// Reports container parameters that are not supported in `awsvpc` network mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(NetworkMode::Awsvpc, mode_at) = task.network_mode() else { continue };
        report.extend(Given::of_containers(task, CONTAINER_IN_AWSVPC).map(|given| {
            let finding = given.report("in `awsvpc` network mode", mode_at, task.network_mode_reason());
            match given.entry.key.as_str() {
                DOCUMENTED => finding.warning(),
                "links" => finding.help("remove it; containers of a task reach each other on `localhost`"),
                "extraHosts" => {
                    finding.help("remove it; define the host names in Route 53, or use Service Connect")
                }
                "dnsServers" => finding.help("remove it; the task uses the DNS servers of its VPC"),
                _ => finding,
            }
        }));
    }
}
