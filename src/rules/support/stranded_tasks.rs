//! Tasks in subnets from which no packet gets to what they need to start.

use std::collections::BTreeSet;

use super::egress::route_or_endpoints;
use super::idle;
use super::prelude::*;
use crate::model::{Egress, Endpoint, Endpoints, Lack, Launch, Need, Stranded};
use crate::suggest::join_and;
use crate::value::Node;

/// Returns why tasks never start, because they or their Managed Instances cannot reach what they need to start.
pub fn finding(project: &Project, launch: &Launch) -> Option<Finding> {
    let subnets = launch.subnets();
    let mut stranded: Vec<Stranded> =
        subnets.iter().filter_map(|subnet| out_of_reach(launch, subnet)).collect();
    // Where no subnet is cut off, only registries on the internet are out of reach.
    let is_inner = stranded.iter().all(Stranded::reaches_private);
    stranded.retain(|subnet| is_inner || !subnet.reaches_private());
    let is_all = stranded.len() == subnets.len();
    let endpoints = project.endpoints(&subnets, launch.interface.owner.unit())?;
    let is_public = stranded.iter().all(Stranded::is_public);
    let is_certain = endpoints.is_complete || (is_public && endpoints.there.is_empty());
    if stranded.is_empty() || !is_certain {
        return None;
    }
    let mut needs = endpoints.unmet(launch.needs.clone());
    needs.retain(|need| !is_inner || need.services.is_empty());
    let first = needs.iter().min_by_key(|need| need.step)?;
    let unnamed = unnamed(&needs, &endpoints);
    let unrouted = unrouted(&needs, &endpoints);
    let proofs = needs.iter().filter_map(|need| need.proof);
    let is_unused = |endpoint: &&Endpoint| {
        unnamed.iter().chain(&unrouted).all(|(other, _)| !other.resource.is(endpoint.resource))
    };
    let others = endpoints.there.iter().filter(is_unused);
    // Where only endpoints are used, the endpoint is what has to change, unless a subnet has no route table that it could list.
    let has_tables = stranded.iter().all(|subnet| subnet.lack != Lack::Route(Egress::NoRouteTable));
    let wrong = unrouted.first().filter(|_| has_tables && are_met_by(&needs, &unrouted));
    let (place, help) = match (unnamed.first(), wrong) {
        (Some((_, place)), _) => (*place, "enable private DNS names for the endpoint".to_owned()),
        (None, Some((_, place))) => {
            (*place, "add the route tables of the subnets to the endpoint".to_owned())
        }
        (None, None) => (place(launch, &stranded), help(launch, &stranded, &needs)),
    };
    let message = match wrong {
        Some((_, at)) if *at == place => {
            let services = needs.iter().flat_map(|need| need.services.iter().copied());
            let services = join_and(services.collect::<BTreeSet<_>>());
            format!(
                "the route tables of the {}' subnets do not lead to the VPC endpoint for {services}, {}",
                launch.whose,
                first.step.fails()
            )
        }
        _ => message(launch, &stranded, is_all, first),
    };
    let network = Some(launch.interface.place).filter(|network| *network != place);
    let without_names =
        "this VPC endpoint has no private DNS names, so the names of its service do not lead to it";
    let regions: Vec<&Need> = launch.needs.iter().filter(|need| need.region.is_some()).collect();
    let finding = Finding::at(place, message)
        .labels(unnamed.iter().map(|(_, place)| (*place, without_names)))
        .labels(
            unrouted
                .iter()
                .map(|(_, place)| (*place, "this VPC endpoint is not in the route tables of the subnets")),
        )
        .labels(stranded.iter().flat_map(|subnet| subnet.labels("this subnet")))
        .labels(network.map(|network| (network, format!("the network of the {}", launch.whose))))
        .labels([launch.compute.clone()])
        .labels(proofs)
        .labels(others.map(|other| (other.place, why_unused(other, &regions))))
        .help(help);
    Some(idle::at_most_warning_of(launch, finding))
}

/// Returns the endpoints that would lead to the first unmet need if they had private DNS names, each with the place to change.
fn unnamed<'e, 'a>(needs: &[Need], endpoints: &'e Endpoints<'a>) -> Vec<(&'e Endpoint<'a>, Place)> {
    let wanted = |endpoint: &&Endpoint| {
        needs.iter().flat_map(|need| &need.services).any(|service| endpoint.is_for(service))
    };
    let there = endpoints.there.iter().filter(wanted);
    there.filter_map(|endpoint| Some((endpoint, endpoint.without_private_dns()?))).collect()
}

/// Returns the gateway endpoints for an unmet need that the route table of a subnet does not lead to, each with the place to change.
fn unrouted<'e, 'a>(needs: &[Need], endpoints: &'e Endpoints<'a>) -> Vec<(&'e Endpoint<'a>, Place)> {
    let there = endpoints.there.iter().filter(|endpoint| {
        let is_meant = |need: &Need| {
            !endpoint.is_outside(need.region.as_deref())
                && need.services.iter().any(|service| endpoint.is_for(service))
        };
        needs.iter().any(is_meant)
    });
    there.filter_map(|endpoint| Some((endpoint, endpoint.unrouted()?))).collect()
}

/// Returns `true` if some endpoints would meet all of some needs.
fn are_met_by(needs: &[Need], endpoints: &[(&Endpoint, Place)]) -> bool {
    let is_met = |service: &&str| endpoints.iter().any(|(endpoint, _)| endpoint.is_for(service));
    needs.iter().all(|need| !need.services.is_empty() && need.services.iter().all(is_met))
}

/// Returns the label of an endpoint that does not help.
fn why_unused(endpoint: &Endpoint, regions: &[&Need]) -> &'static str {
    let is_elsewhere = |need: &&&Need| {
        endpoint.is_outside(need.region.as_deref())
            && need.services.iter().any(|service| endpoint.is_for(service))
    };
    match regions.iter().find(is_elsewhere) {
        Some(_) => "this VPC endpoint is only for its own Region",
        None => "this VPC endpoint is for another service",
    }
}

fn out_of_reach<'a>(launch: &Launch<'a>, subnet: &'a Node) -> Option<Stranded> {
    let interface = launch.interface;
    interface.project.stranded(subnet, || interface.no_public_address())
}

/// The place to change: the argument that gives tasks public addresses, or the resource that lacks a route.
fn place(launch: &Launch, stranded: &[Stranded]) -> Place {
    let first = stranded.iter().find_map(|subnet| match subnet.lack {
        Lack::Address(place) => Some(place),
        Lack::Route(_) => None,
    });
    // A subnet without a table of its own, among others that have one.
    let forgotten = stranded.iter().find(|subnet| subnet.lack == Lack::Route(Egress::NoRouteTable));
    let nowhere = forgotten.or(stranded.first()).map(|subnet| subnet.proof);
    first.or(nowhere).unwrap_or(launch.interface.place)
}

fn message(launch: &Launch, stranded: &[Stranded], is_all: bool, need: &Need) -> String {
    let tasks = if is_all {
        format!("the {} run", launch.whose)
    } else {
        format!("some of the {} run", launch.whose)
    };
    let is_public = stranded.iter().any(Stranded::is_public);
    let why = match (is_public, stranded.first().map(|subnet| subnet.lack)) {
        (true, _) => format!("{tasks} in public subnets without public IP addresses"),
        (false, Some(Lack::Route(Egress::BrokenNat(fault)))) => fault.why().to_owned(),
        (false, _) => format!("{tasks} in subnets without a route to the internet"),
    };
    format!("{why}, {}", need.step.fails())
}

fn help(launch: &Launch, stranded: &[Stranded], needs: &[Need]) -> String {
    if stranded.iter().any(Stranded::is_public) {
        let term = launch.interface.address_switch().name();
        return format!("enable `{term}`, or move the tasks to private subnets with a NAT gateway");
    }
    let gateway = stranded.first().map_or("a NAT gateway", |subnet| subnet.gateway);
    let route = match stranded.first().map(|subnet| subnet.lack) {
        Some(Lack::Route(Egress::BrokenNat(fault))) => fault.help().to_owned(),
        _ => format!("add a default route to {gateway}"),
    };
    route_or_endpoints(&route, needs)
}
