//! See `rules/instance-without-route.md`.

use super::prelude::*;
use super::support::egress::route_or_endpoints;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{Direction, HTTPS, Host, Lack, Need, Peer, Step, Stranded};
use crate::value::Node;

/// The AWS services that the ECS agent connects to.
const AGENT: [&str; 3] = ["ecs", "ecs-agent", "ecs-telemetry"];

/// Reports services whose instances cannot reach ECS, so that they never join a cluster.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(hosts) = service.hosts().filter(|hosts| hosts.is_exhaustive) else { continue };
        let needs = service.host_needs();
        let found: Option<Vec<Finding>> =
            hosts.groups.iter().map(|host| cut_off(project, *host, &needs)).collect();
        if let Some(found) = found.and_then(|found| found.into_iter().next()) {
            let found = found.label(service.anchor(), "the service that runs on these instances");
            report.join(idle::at_most_warning(service, found));
        }
    }
}

/// Returns why no instance of a group reaches ECS, or what the tasks on it need to start.
fn cut_off<'a>(project: &Project<'a>, host: Host<'a>, needs: &[Need]) -> Option<Finding> {
    mute(project, host).or_else(|| stranded(project, host, needs))
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
fn stranded<'a>(project: &Project<'a>, host: Host<'a>, needs: &[Need]) -> Option<Finding> {
    let subnets = host.subnets()?;
    let endpoints = project.endpoints(&subnets, host.group.unit())?;
    let lost = |subnet: &&'a Node| project.stranded(subnet, || without_address(project, host, subnet));
    let stranded: Vec<Stranded> = subnets.iter().filter_map(lost).collect();
    let first = stranded.first()?;
    let is_all = stranded.len() == subnets.len();
    let is_certain =
        |subnet: &Stranded| endpoints.is_complete || subnet.is_public() && endpoints.there.is_empty();
    if !stranded.iter().all(is_certain) {
        return None;
    }
    let joining = Need { step: Step::Join, services: AGENT.to_vec(), proof: None };
    let is_alone = AGENT.iter().any(|service| !endpoints.may_lead_to(service));
    let unmet = if is_alone { vec![joining] } else { endpoints.unmet(needs.to_vec()) };
    let first_step = unmet.iter().map(|need| need.step).min()?;
    let proofs = unmet.iter().filter_map(|need| need.proof);
    let labels = stranded.iter().flat_map(|subnet| subnet.labels("a subnet of the instances"));
    let (place, why, help) = match first.lack {
        Lack::Address(place) => (
            place,
            "run in public subnets without public IP addresses",
            "give the instances public IP addresses, or move them to private subnets with a NAT gateway"
                .to_owned(),
        ),
        Lack::Route(_) => (
            first.proof,
            "run in subnets without a route to the internet",
            route_or_endpoints("add a default route to a NAT gateway", &unmet),
        ),
    };
    let who = if is_all { "the instances" } else { "some of the instances" };
    let finding = Finding::at(place, format!("{who} {why}, {}", first_step.fails()))
        .labels(labels)
        .labels(proofs)
        .label(host.anchor(), "the instances are launched from this resource");
    let finding = finding.help(help);
    // The tasks can run on the other instances.
    Some(if is_all { finding } else { finding.warning() })
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
