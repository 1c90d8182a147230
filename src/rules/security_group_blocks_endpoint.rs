//! See `rules/security-group-blocks-endpoint.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{Direction, Endpoint, HTTPS, Need, Peer, SecurityGroupSet};

/// Reports VPC endpoints that the tasks of a Fargate service need to start, and whose security groups keep them out.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let found = blocked(project, service).into_iter().flatten();
        found.for_each(|found| report.join(idle::at_most_warning(service, found)));
    }
}

fn blocked(project: &Project, service: Service) -> Option<Vec<Finding>> {
    let (mut needs, _) = service.startup_needs()?;
    needs.sort_by_key(|need| need.step);
    let tasks = service.security_group_set()?;
    // With private DNS names, all traffic to a service goes to its endpoint, even if there is another route.
    let endpoints = project.endpoints_near(&service.subnets());
    let endpoints = endpoints.iter().filter(|endpoint| endpoint.has_private_dns());
    let found = endpoints.filter_map(|endpoint| {
        let is_for = |need: &&Need| need.services.iter().any(|name| endpoint.is_for(name));
        let needs: Vec<&Need> = needs.iter().filter(is_for).collect();
        let finding = unreachable(project, endpoint, &tasks)?;
        let proofs: Vec<_> = needs.iter().filter_map(|need| need.proof).collect();
        proofs.first()?;
        Some(finding.labels(proofs).label(service.anchor(), "the service that runs the tasks"))
    });
    Some(found.collect())
}

fn unreachable(project: &Project, endpoint: &Endpoint, tasks: &SecurityGroupSet) -> Option<Finding> {
    let groups = project.groups_of_endpoint(endpoint)?;
    let (bars, way) = project.severed(Peer::Groups(tasks), &[groups], &HTTPS)?;
    let (message, owner, help) = match way {
        Direction::Ingress => (
            "the security groups of the VPC endpoint do not allow traffic from the tasks",
            "the VPC endpoint",
            "allow inbound TCP traffic on port 443 from the security group of the tasks",
        ),
        Direction::Egress => (
            "the security groups of the tasks do not allow traffic to the VPC endpoint",
            "the tasks",
            "allow outbound TCP traffic on port 443 to the security group of the endpoint",
        ),
    };
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, way, owner))
        .label(endpoint.place, "this VPC endpoint has a private DNS name, so the tasks use it");
    Some(finding.help(help))
}
