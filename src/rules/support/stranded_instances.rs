//! Instances in subnets from which no packet gets to ECS, or to what the tasks on them need to start.

use super::egress::route_or_endpoints;
use super::prelude::*;
use crate::model::{AGENT, Host, Lack, Need, Step, Stranded};
use crate::value::Node;

/// The label of what has the settings of the instances.
pub const LAUNCHED: &str = "the instances are launched from this resource";

/// Returns why no instance that a service can run on has a way out, for each service.
pub fn findings(project: &Project) -> Vec<Finding> {
    let found = project.services().filter_map(|service| {
        let hosts = service.hosts().filter(|hosts| hosts.is_exhaustive)?;
        let needs = service.host_needs();
        let found: Option<Vec<Finding>> =
            hosts.groups.iter().map(|host| finding(project, *host, &needs)).collect();
        found?.into_iter().next()
    });
    found.collect()
}

/// Returns why the subnets of the instances have no way out.
pub fn finding<'a>(project: &Project<'a>, host: Host<'a>, needs: &[Need]) -> Option<Finding> {
    let subnets = host.subnets()?;
    let endpoints = project.endpoints(&subnets, host.group.unit())?;
    // Endpoints for the agent may be behind private addresses.
    let lost = |subnet: &&'a Node| {
        let stranded = project.stranded(subnet, || without_address(project, host, subnet));
        stranded.filter(|subnet| !subnet.reaches_private())
    };
    let stranded: Vec<Stranded> = subnets.iter().filter_map(lost).collect();
    let first = stranded.first()?;
    let is_all = stranded.len() == subnets.len();
    let is_certain =
        |subnet: &Stranded| endpoints.is_complete || subnet.is_public() && endpoints.there.is_empty();
    if !stranded.iter().all(is_certain) {
        return None;
    }
    let proof = Some((host.anchor(), LAUNCHED));
    let joining = Need { step: Step::Join, services: AGENT.to_vec(), region: None, proof, reads: None };
    let unmet = endpoints.unmet([&[joining], needs].concat());
    let first_step = unmet.iter().map(|need| need.step).min()?;
    let proofs = unmet.iter().filter(|need| need.step != Step::Join).filter_map(|need| need.proof);
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
        .label(host.anchor(), LAUNCHED)
        .labels(proofs)
        .help(help);
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
            let anchor = Place::header(subnet);
            (field.bool().or_default(false, anchor).known() == Some(false))
                .then(|| field.entry().map_or(host.anchor(), |entry| Place::from(&entry.value)))
        }
    }
}
