//! See `rules/security-group-blocks-registry.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{Direction, HTTPS, Launch, Need, Peer, SubnetExposure};

/// Reports tasks that cannot start, because security groups let no connection to what they need through.
pub fn check(project: &Project, report: &mut Report) {
    for launch in project.launches() {
        if let Some(found) = blocked(project, &launch).or_else(|| blocked_by_nat(project, &launch)) {
            report.join(idle::at_most_warning_of(&launch, found));
        }
    }
}

fn blocked(project: &Project, launch: &Launch) -> Option<Finding> {
    let groups = launch.interface.security_group_set()?;
    let needs = launch.proven();
    let (needs, bars) = match project.blocked_by(&groups, Direction::Egress, HTTPS, Peer::Anything) {
        Some(bars) => (needs, bars),
        None => {
            let needs = outside(project, launch, needs)?;
            (needs, project.blocked_by(&groups, Direction::Egress, HTTPS, Peer::Internet)?)
        }
    };
    needs.first()?;
    let whose = launch.whose;
    let message = format!(
        "the {whose}' security groups do not allow outbound traffic to port 443, so ECS cannot start the tasks"
    );
    let proofs = needs.iter().filter_map(|need| need.proof);
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, Direction::Egress, &format!("the {whose}")))
        .labels(proofs)
        .labels([launch.starter()])
        .labels([launch.compute.clone()]);
    Some(finding.help("allow outbound TCP traffic on port 443"))
}

/// Returns why the security groups of a NAT instance do not let the packets of the tasks through.
fn blocked_by_nat(project: &Project, launch: &Launch) -> Option<Finding> {
    let tasks = launch.interface.security_group_set()?;
    let nat = launch.subnets().into_iter().find_map(|subnet| project.nat_instance_of(subnet))?;
    let groups = project.security_groups_of_instances(nat)?;
    let into = || {
        Some((
            project.blocked_by(&groups, Direction::Ingress, HTTPS, Peer::Groups(&tasks))?,
            Direction::Ingress,
        ))
    };
    let out =
        || Some((project.blocked_by(&groups, Direction::Egress, HTTPS, Peer::Internet)?, Direction::Egress));
    let (bars, way) = into().or_else(out)?;
    let needs = outside(project, launch, launch.proven())?;
    needs.first()?;
    let (message, help) = match way {
        Direction::Ingress => (
            "the security groups of the NAT instance do not allow traffic from the tasks to port 443",
            "allow inbound TCP traffic on port 443 from the security group of the tasks",
        ),
        Direction::Egress => (
            "the security groups of the NAT instance do not allow outbound traffic to port 443",
            "allow outbound TCP traffic on port 443",
        ),
    };
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, way, "the NAT instance"))
        .labels(needs.iter().filter_map(|need| need.proof))
        .label(Place::header(nat), "the NAT instance of the tasks' subnets")
        .labels([launch.starter()]);
    Some(finding.help(help))
}

/// Returns the needs that are met on the internet, or by a gateway endpoint, whose addresses are those of the service; `None` if an
/// endpoint in the VPC may be unknown.
fn outside<'n>(project: &Project, launch: &Launch, needs: Vec<&'n Need>) -> Option<Vec<&'n Need>> {
    let endpoints = project.endpoints(&launch.subnets(), launch.interface.owner.unit())?;
    // What nothing leads to is missing a route in the first place.
    let has_route = launch.subnets().iter().any(|subnet| {
        !matches!(project.exposure(subnet), SubnetExposure::Routed(egress, _) if egress.is_nowhere())
    });
    let leads_outside =
        |name: &str| !endpoints.may_have_interface(name) && (has_route || endpoints.may_lead_to(name));
    let is_outside = |need: &&Need| {
        need.services.is_empty() && has_route || need.services.iter().any(|name| leads_outside(name))
    };
    endpoints.is_complete.then(|| needs.into_iter().filter(is_outside).collect())
}
