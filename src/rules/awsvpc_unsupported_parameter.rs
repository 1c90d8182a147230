//! See `rules/awsvpc-unsupported-parameter.md`.

use super::prelude::*;
use super::support::unsupported::{CONTAINER_IN_AWSVPC, Given};

/// Documented as not supported, but no refusal is on record.
const DOCUMENTED: &str = "dnsSearchDomains";

/// Reports parameters that containers cannot have in `awsvpc` mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(NetworkMode::Awsvpc, mode_at) = task.network_mode() else { continue };
        report.extend(Given::of_containers(task, CONTAINER_IN_AWSVPC).map(|given| {
            let finding = given.report("in `awsvpc` mode", mode_at, task.network_mode_reason());
            match given.entry.key.as_str() {
                DOCUMENTED => finding.warning(),
                key => finding.help(help(key)),
            }
        }));
    }
}

fn help(key: &str) -> &'static str {
    match key {
        "links" => "remove it; the containers of the task reach each other on `localhost`",
        "extraHosts" => "remove it; hosts of the task's own can be named in Route 53, or by Service Connect",
        "dnsServers" => "remove it; the DNS servers are those of the VPC",
        _ => "remove it",
    }
}
