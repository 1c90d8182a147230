//! See `rules/security-group-blocks-database.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place, spelled};
use crate::model::{Database, Direction, HTTPS, Peer, SecurityGroupSet};
use crate::value::Node;

/// Reports databases, caches, and brokers that tasks get the address of and cannot connect to.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(task), Some(tasks)) = (service.task().known(), service.security_group_set()) else {
            continue;
        };
        for container in task.containers() {
            let variables = container.view.list("environment").objects();
            for value in variables.filter_map(|variable| Some(&variable.entry("value")?.value)) {
                let databases = project.databases_in(value).into_iter();
                for found in databases.filter_map(|database| blocked(project, database, value, &tasks)) {
                    let found = found.label(service.anchor(), "the service that runs the tasks");
                    report.join(idle::at_most_warning(service, found));
                }
            }
        }
    }
}

fn blocked(project: &Project, database: Database, value: &Node, tasks: &SecurityGroupSet) -> Option<Finding> {
    let groups = database.security_group_set()?;
    let ports = database.ports();
    let (bars, way) = project.severed(Peer::Groups(tasks), &[groups], &ports)?;
    // Tasks that cannot connect to anything do not even start.
    let is_mute = || project.blocked_by(tasks, Direction::Egress, HTTPS, Peer::Anything).is_some();
    if way == Direction::Egress && is_mute() {
        return None;
    }
    let (noun, numbers) = (database.noun(), spelled(&ports));
    let (message, owner, help) = match way {
        Direction::Ingress => (
            format!("the security groups of the {noun} do not allow traffic from the tasks to {numbers}"),
            format!("the {noun}"),
            format!("allow inbound TCP traffic on {numbers} from the security group of the tasks"),
        ),
        Direction::Egress => (
            format!("the security groups of the tasks do not allow traffic to {numbers} of the {noun}"),
            "the tasks".to_owned(),
            format!("allow outbound TCP traffic on {numbers} to the security group of the {noun}"),
        ),
    };
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, way, &owner))
        .label(value, format!("the tasks connect to this {noun}"))
        .label(database.anchor(), format!("the {noun}"));
    Some(finding.help(help))
}
