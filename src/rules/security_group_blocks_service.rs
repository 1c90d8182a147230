//! See `rules/security-group-blocks-service.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{Server, severed};
use crate::model::{Callee, SecurityGroupSet};
use crate::value::Node;

/// Parts of the names of variables whose values are what browsers or other clients connect to.
const OF_CLIENTS: [&str; 3] = ["CORS", "ORIGIN", "ALLOWED"];

/// Reports services that tasks get the name of, in Cloud Map or Service Connect, and cannot connect to.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(task), Some(tasks)) = (service.task().known(), service.security_group_set()) else {
            continue;
        };
        for (name, value) in task.containers().flat_map(Container::variables) {
            let name = name.to_ascii_uppercase();
            if OF_CLIENTS.iter().any(|part| name.contains(part)) {
                continue;
            }
            if let Some(found) = blocked(project, &tasks, &service.callees(value), value) {
                let found = found.label(service.anchor(), "the service that connects");
                report.join(idle::at_most_warning(service, found));
            }
        }
    }
}

/// Returns why a connection to all services of one name fails.
fn blocked(project: &Project, tasks: &SecurityGroupSet, callees: &[Callee], value: &Node) -> Option<Finding> {
    let first = callees.first()?;
    let groups: Option<Vec<_>> = callees.iter().map(|callee| callee.service.security_group_set()).collect();
    let (low, high) = callees
        .iter()
        .fold((first.port, first.port), |(low, high), callee| (low.min(callee.port), high.max(callee.port)));
    let groups = groups?;
    let noun = first.service.called();
    let server = Server { noun: noun.trim_start_matches("the "), groups: &groups, ports: low..=high };
    let finding = severed(project, tasks, &server)?
        .label(value, "the tasks connect to this name")
        .label(first.named, "the service has this name")
        .label(first.service.anchor(), "the service that they connect to");
    Some(finding)
}
