//! See `rules/no-route-to-registry.md`.

use super::prelude::*;
use super::support::egress::route_or_endpoints;
use super::support::idle;
use crate::model::{Egress, Endpoint, Endpoints, Lack, Need, Step, Stranded};
use crate::value::Node;

/// Reports Fargate services whose tasks never start, because they cannot reach what they need to start.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        if let Some(found) = without_route(project, service) {
            report.join(idle::at_most_warning(service, found));
        }
    }
}

/// Only Fargate tasks are affected: on EC2, the instance pulls the image through its own network interface.
fn without_route(project: &Project, service: Service) -> Option<Finding> {
    let (needs, fargate) = service.startup_needs()?;
    let subnets = service.subnets();
    let stranded: Vec<Stranded> = subnets.iter().filter_map(|subnet| out_of_reach(service, subnet)).collect();
    let is_all = stranded.len() == subnets.len();
    let endpoints = project.endpoints(&subnets, service.resource.unit())?;
    let is_public = stranded.iter().all(Stranded::is_public);
    let is_certain = endpoints.is_complete || (is_public && endpoints.there.is_empty());
    if stranded.is_empty() || !is_certain {
        return None;
    }
    let needs = endpoints.unmet(needs);
    let first = needs.iter().min_by_key(|need| need.step)?;
    let unnamed = unnamed(&needs, &endpoints);
    let proofs = needs.iter().filter_map(|need| need.proof);
    let is_unused =
        |endpoint: &&Endpoint| unnamed.iter().all(|(other, _)| !other.resource.is(endpoint.resource));
    let others = endpoints.there.iter().filter(is_unused);
    let (place, help) = match unnamed.first() {
        Some((_, place)) => (*place, "enable private DNS names for the endpoint".to_owned()),
        None => (place(service, &stranded), help(service, &stranded, &needs)),
    };
    let network = Some(network_place(service)).filter(|network| *network != place);
    let without_names =
        "this VPC endpoint has no private DNS names, so the names of its service do not lead to it";
    Some(
        Finding::at(place, message(&stranded, is_all, first.step))
            .labels(unnamed.iter().map(|(_, place)| (*place, without_names)))
            .labels(stranded.iter().flat_map(|subnet| subnet.labels("this subnet")))
            .labels(network.map(|network| (network, "the network of the tasks")))
            .label(fargate, service.compute_reason())
            .labels(proofs)
            .labels(others.map(|other| (other.place, "this VPC endpoint is for another service")))
            .help(help),
    )
}

/// Returns the endpoints that would lead to the first unmet need if they had private DNS names, each with the place to change.
fn unnamed<'e, 'a>(needs: &[Need], endpoints: &'e Endpoints<'a>) -> Vec<(&'e Endpoint<'a>, Place)> {
    let wanted = |endpoint: &&Endpoint| {
        needs.iter().flat_map(|need| &need.services).any(|service| endpoint.is_for(service))
    };
    let there = endpoints.there.iter().filter(wanted);
    there.filter_map(|endpoint| Some((endpoint, endpoint.without_private_dns()?))).collect()
}

fn out_of_reach<'a>(service: Service<'a>, subnet: &'a Node) -> Option<Stranded> {
    service.project.stranded(subnet, || {
        let (false, place) = service.assign_public_ip().known_at()? else { return None };
        let written = service.network().known().and_then(|network| network.entry("assignPublicIp"));
        Some(written.map_or_else(|| network_place(service), |_| place))
    })
}

/// The place to change: the argument that gives tasks public addresses, or the resource that lacks a route.
fn place(service: Service, stranded: &[Stranded]) -> Place {
    let first = stranded.iter().find_map(|subnet| match subnet.lack {
        Lack::Address(place) => Some(place),
        Lack::Route(_) => None,
    });
    // A subnet without a table of its own, among others that have one.
    let forgotten = stranded.iter().find(|subnet| subnet.lack == Lack::Route(Egress::NoRouteTable));
    let nowhere = forgotten.or(stranded.first()).map(|subnet| subnet.proof);
    first.or(nowhere).unwrap_or_else(|| network_place(service))
}

fn message(stranded: &[Stranded], is_all: bool, step: Step) -> String {
    let tasks = if is_all { "the tasks run" } else { "some of the tasks run" };
    let is_public = stranded.iter().any(Stranded::is_public);
    let why = match (is_public, stranded.first().map(|subnet| subnet.lack)) {
        (true, _) => format!("{tasks} in public subnets without public IP addresses"),
        (false, Some(Lack::Route(Egress::BrokenNat(fault)))) => fault.why().to_owned(),
        (false, _) => format!("{tasks} in subnets without a route to the internet"),
    };
    format!("{why}, {}", step.fails())
}

fn help(service: Service, stranded: &[Stranded], needs: &[Need]) -> String {
    if stranded.iter().any(Stranded::is_public) {
        let term = service.network().known().map(|network| network.field("assignPublicIp").name());
        let term = term.unwrap_or_default();
        return format!("enable `{term}`, or move the tasks to private subnets with a NAT gateway");
    }
    let route = match stranded.first().map(|subnet| subnet.lack) {
        Some(Lack::Route(Egress::BrokenNat(fault))) => fault.help(),
        _ => "add a default route to a NAT gateway",
    };
    route_or_endpoints(route, needs)
}

fn network_place(service: Service) -> Place {
    let key = service.view.entry("networkConfiguration").map(|entry| Place::from(entry.key_at));
    key.unwrap_or_else(|| service.anchor())
}
