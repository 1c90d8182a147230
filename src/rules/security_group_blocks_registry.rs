//! See `rules/security-group-blocks-registry.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{Direction, HTTPS, Need, Peer, SubnetExposure};

/// Reports Fargate services whose tasks cannot open connections to what they need to start.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        if let Some(found) = blocked(project, service).or_else(|| blocked_by_nat(project, service)) {
            report.join(idle::at_most_warning(service, found));
        }
    }
}

fn blocked(project: &Project, service: Service) -> Option<Finding> {
    let (needs, fargate) = service.startup_needs()?;
    let groups = service.security_group_set()?;
    let mut needs: Vec<&Need> = needs.iter().filter(|need| need.proof.is_some()).collect();
    needs.sort_by_key(|need| need.step);
    let (needs, bars) = match project.blocked_by(&groups, Direction::Egress, HTTPS, Peer::Anything) {
        Some(bars) => (needs, bars),
        None => {
            let needs = outside(project, service, needs)?;
            (needs, project.blocked_by(&groups, Direction::Egress, HTTPS, Peer::Internet)?)
        }
    };
    needs.first()?;
    let message =
        "the tasks' security groups do not allow outbound traffic to port 443, so ECS cannot start the tasks";
    let proofs = needs.iter().filter_map(|need| need.proof);
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, Direction::Egress, "the tasks"))
        .labels(proofs)
        .label(service.anchor(), "the service that runs the tasks")
        .label(fargate, service.compute_reason());
    Some(finding.help("allow outbound TCP traffic on port 443"))
}

/// Returns why the security groups of a NAT instance do not let the packets of the tasks through.
fn blocked_by_nat(project: &Project, service: Service) -> Option<Finding> {
    let (needs, _) = service.startup_needs()?;
    let tasks = service.security_group_set()?;
    let subnets = service.subnets();
    let nat = subnets.iter().find_map(|subnet| project.nat_instance_of(subnet))?;
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
    let needs = outside(project, service, needs.iter().filter(|need| need.proof.is_some()).collect())?;
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
        .label(Place::from(nat.header), "the NAT instance of the tasks' subnets")
        .label(service.anchor(), "the service that runs the tasks");
    Some(finding.help(help))
}

/// Returns the needs that are met on the internet, or by a gateway endpoint, whose addresses are those of the service; `None` if an
/// endpoint in the VPC may be unknown.
fn outside<'n>(project: &Project, service: Service, needs: Vec<&'n Need>) -> Option<Vec<&'n Need>> {
    let endpoints = project.endpoints(&service.subnets(), service.resource.unit())?;
    // What nothing leads to is missing a route in the first place.
    let has_route = service.subnets().iter().any(|subnet| {
        !matches!(project.exposure(subnet), SubnetExposure::Routed(egress, _) if egress.is_nowhere())
    });
    let leads_outside =
        |name: &str| !endpoints.may_have_interface(name) && (has_route || endpoints.may_lead_to(name));
    let is_outside = |need: &&Need| {
        need.services.is_empty() && has_route || need.services.iter().any(|name| leads_outside(name))
    };
    endpoints.is_complete.then(|| needs.into_iter().filter(is_outside).collect())
}
