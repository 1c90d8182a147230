//! See `rules/instance-without-route.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{Direction, Egress, Endpoints, HTTPS, Host, Peer, SubnetExposure};
use crate::value::Node;

/// The AWS services that the ECS agent connects to.
const AGENT: [&str; 3] = ["ecs", "ecs-agent", "ecs-telemetry"];

/// Reports services whose instances cannot reach ECS, so that they never join a cluster.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(hosts) = service.hosts().filter(|hosts| hosts.is_exhaustive) else { continue };
        let found: Option<Vec<Finding>> = hosts.groups.iter().map(|host| cut_off(project, *host)).collect();
        if let Some(found) = found.and_then(|found| found.into_iter().next()) {
            let found = found.label(service.anchor(), "the service that runs on these instances");
            report.join(idle::at_most_warning(service, found));
        }
    }
}

/// Returns why no instance of a group reaches ECS.
fn cut_off(project: &Project, host: Host) -> Option<Finding> {
    mute(project, host).or_else(|| stranded(project, host))
}

/// Returns why the security groups of the instances let no connection out.
fn mute(project: &Project, host: Host) -> Option<Finding> {
    let groups = project.security_groups_of_instances(host.source)?;
    let bars = project.blocked_by(&groups, Direction::Egress, HTTPS, Peer::Anything)?;
    let message = "the instances' security groups do not allow outbound traffic to port 443, so they never join the cluster";
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, Direction::Egress, "the instances"))
        .label(host.anchor(), "the instances are launched from this resource");
    Some(finding.help("allow outbound TCP traffic on port 443"))
}

/// Returns why the subnets of the instances have no way out.
fn stranded(project: &Project, host: Host) -> Option<Finding> {
    let subnets = host.subnets()?;
    let endpoints = project.endpoints(&subnets, host.group.unit())?;
    let ways: Vec<Way> = subnets.iter().map(|subnet| way(project, host, subnet)).collect::<Option<_>>()?;
    let first = ways.first()?;
    if !ways.iter().all(|way| way.is_certain_with(&endpoints)) {
        return None;
    }
    let labels =
        ways.iter().flat_map(|way| [(way.subnet, "a subnet of the instances"), (way.proof, way.says)]);
    let (place, why, help) = match first.address {
        Some(address) => (
            address,
            "the instances run in public subnets without public IP addresses",
            "give the instances public IP addresses, or move them to private subnets with a NAT gateway",
        ),
        None => (
            first.proof,
            "the instances run in subnets without a route to the internet",
            "add a default route to a NAT gateway, or VPC endpoints for `ecs`, `ecs-agent`, and `ecs-telemetry`",
        ),
    };
    let finding = Finding::at(place, format!("{why}, so they never join the cluster"))
        .labels(labels)
        .label(host.anchor(), "the instances are launched from this resource");
    Some(finding.help(help))
}

/// A subnet in which instances have no way out.
struct Way {
    subnet: Place,
    proof: Place,
    says: &'static str,
    /// The place that leaves out the public address which the internet gateway requires.
    address: Option<Place>,
}

impl Way {
    /// Returns `true` if endpoints certainly do not help.
    fn is_certain_with(&self, endpoints: &Endpoints) -> bool {
        let is_lacking = AGENT.iter().any(|service| !endpoints.may_lead_to(service));
        let is_public = self.address.is_some() && endpoints.there.is_empty();
        is_lacking && (endpoints.is_complete || is_public)
    }
}

fn way(project: &Project, host: Host, node: &Node) -> Option<Way> {
    let subnet = Place::from(node);
    match project.exposure(node) {
        SubnetExposure::Routed(Egress::Internet, proof) => {
            let says = "its default route leads to an internet gateway, which requires public IP addresses";
            Some(Way { subnet, proof, says, address: Some(without_address(project, host, node)?) })
        }
        SubnetExposure::Routed(egress, proof) if egress.is_nowhere() => {
            Some(Way { subnet, proof, says: egress.why_nowhere(), address: None })
        }
        SubnetExposure::Routed(..) | SubnetExposure::ByName | SubnetExposure::Unknown => None,
    }
}

/// Returns the place that leaves the instances of a subnet without public addresses: their own setting, or that of the subnet.
fn without_address(project: &Project, host: Host, subnet: &Node) -> Option<Place> {
    match host.public_address() {
        Known(false, place) => Some(place),
        Known(true, _) | Unknown(_) => None,
        Missing => {
            let subnet = project.subnet_of(subnet).known().filter(|subnet| subnet.is_declared())?;
            let field = project.view(subnet).field("MapPublicIpOnLaunch");
            let anchor = Place::from(subnet.header);
            (field.bool().or_default(false, anchor).known() == Some(false))
                .then(|| field.entry().map_or(host.anchor(), |entry| Place::from(&entry.value)))
        }
    }
}
