//! See `rules/security-group-blocks-registry.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{BlockedBy, Direction, HTTPS, Launch, Need, Peer, SecurityGroupSet, SubnetExposure};

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
        None => blocked_outside(project, &groups, &outside(project, launch, needs)?)?,
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

/// Returns the needs that are met outside of the VPC and that security groups block, with what blocks the first of them.
fn blocked_outside<'n, 'a>(
    project: &Project<'a>,
    groups: &SecurityGroupSet<'a>,
    needs: &[Outside<'n>],
) -> Option<(Vec<&'n Need>, Vec<BlockedBy<'a>>)> {
    let blocked = |peer: Peer<'_, 'a>| project.blocked_by(groups, Direction::Egress, HTTPS, peer);
    let bars = |outside: &Outside<'n>| {
        let mut services = outside.services.iter();
        let bars = if outside.services.is_empty() {
            blocked(Peer::Internet)
        } else {
            services.find_map(|service| blocked(Peer::Service(service)))
        };
        Some((outside.need, bars?))
    };
    let found: Vec<_> = needs.iter().filter_map(bars).collect();
    let bars = found.first()?.1.clone();
    Some((found.into_iter().map(|(need, _)| need).collect(), bars))
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
        .labels(needs.iter().filter_map(|outside| outside.need.proof))
        .label(Place::header(nat), "the NAT instance of the tasks' subnets")
        .labels([launch.starter()]);
    Some(finding.help(help))
}

/// A need that is met outside of the VPC.
struct Outside<'n> {
    need: &'n Need,
    /// The AWS services whose public addresses meet it; empty for another registry on the internet.
    services: Vec<&'static str>,
}

/// Returns the needs that are met on the internet, or by a gateway endpoint, whose addresses are those of the service; `None` if an
/// endpoint in the VPC may be unknown.
fn outside<'n>(project: &Project, launch: &Launch, needs: Vec<&'n Need>) -> Option<Vec<Outside<'n>>> {
    let endpoints = project.endpoints(&launch.subnets(), launch.interface.owner.unit())?;
    // What nothing leads to is missing a route in the first place.
    let has_route = launch.subnets().iter().any(|subnet| {
        !matches!(project.exposure(subnet), SubnetExposure::Routed(egress, _) if egress.is_nowhere())
    });
    let leads_outside =
        |name: &&str| !endpoints.may_have_interface(name) && (has_route || endpoints.may_lead_to(name));
    let is_outside = |need: &'n Need| {
        let services: Vec<_> = need.services.iter().copied().filter(leads_outside).collect();
        let is_met = need.services.is_empty() && has_route || !services.is_empty();
        is_met.then_some(Outside { need, services })
    };
    endpoints.is_complete.then(|| needs.into_iter().filter_map(is_outside).collect())
}
