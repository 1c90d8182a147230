//! See `rules/awsvpc-unsupported-parameter.md`.

use super::fargate_unsupported_parameter::{Given, finding, of_containers};
use crate::model::NetworkMode;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The members of a container that set up a network, which in `awsvpc` mode the task has already.
pub(super) const OF_CONTAINER: &[&str] =
    &["links", "extraHosts", "hostname", "dnsServers", "dnsSearchDomains", "disableNetworking"];

/// Documented as not supported, but no refusal is on record.
const DOCUMENTED: &str = "dnsSearchDomains";

/// Reports parameters that containers cannot have in `awsvpc` mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(NetworkMode::Awsvpc, mode_at) = task.network_mode() else { continue };
        for Given { entry, of } in of_containers(task, OF_CONTAINER) {
            let finding = finding(entry, &of, "in `awsvpc` mode", mode_at, task.network_mode_reason());
            report.add(match entry.key == DOCUMENTED {
                true => finding.warning(),
                false => finding.help(help(&entry.key)),
            });
        }
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
