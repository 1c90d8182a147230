//! See `rules/load-balancer-subnets.md`.

use super::prelude::*;
use crate::model::{Kind, Resource, is_listed_zone};
use crate::value::Node;

/// Reports load balancers that are not in two zones, or twice in one.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::LoadBalancer) {
        let balancer = Balancer::new(*project, resource);
        report.extend(one_zone_twice(balancer).or_else(|| too_few(balancer)));
    }
}

/// A subnet that the load balancer is in.
#[derive(Clone, Copy)]
struct Leg<'a> {
    node: &'a Node,
    subnet: Option<&'a Resource>,
}

/// The subnets that are known, whichever way they are written.
fn legs(balancer: Balancer<'_>) -> Vec<Leg<'_>> {
    let find = |node| balancer.project.subnet_of(node).known();
    balancer.subnets().into_iter().map(|node| Leg { node, subnet: find(node) }).collect()
}

fn one_zone_twice(balancer: Balancer) -> Option<Finding> {
    let mut seen: Vec<(&Resource, &Node)> = Vec::new();
    for leg in legs(balancer) {
        let Some(subnet) = leg.subnet.filter(|subnet| subnet.kind == Kind::Subnet) else { continue };
        let Some(zone) = subnet.request.get("AvailabilityZone").filter(|zone| !zone.is_missing()) else {
            continue;
        };
        let same = |(known, its): &&(&Resource, &Node)| !known.is(subnet) && its.certainly_equals(zone);
        if let Some((first, first_zone)) = seen.iter().find(same) {
            let name = zone.called().map(|name| format!(" `{name}`")).unwrap_or_default();
            return Some(
                Finding::at(leg.node, format!("the load balancer has two subnets in the zone{name}"))
                    .label(zone, "the zone of this subnet")
                    .label(*first_zone, "the zone of the other one")
                    .label(Place::from(first.header), "the other subnet")
                    .help("name one subnet of each zone"),
            );
        }
        seen.push((subnet, zone));
    }
    None
}

/// In a local zone or on an Outpost one subnet is enough, so it has to be known that the subnet is in neither.
fn too_few(balancer: Balancer) -> Option<Finding> {
    let Known("application", kind_at) = balancer.kind() else { return None };
    let (listed, mapped) = (balancer.view.list("Subnets"), balancer.view.list("SubnetMappings"));
    let legs = legs(balancer);
    let [only] = legs.as_slice() else { return None };
    let certain = listed.counted().is_some() && mapped.is_complete();
    let subnet = only.subnet.filter(|subnet| certain && is_of_a_region(balancer, subnet))?;
    let named = balancer
        .view
        .entry("Subnets")
        .map_or_else(|| Place::from(only.node), |entry| Place::from(&entry.value));
    let finding =
        Finding::at(named, "an application load balancer has one subnet, and needs two zones at least")
            .label(kind_at, balancer.kind_reason())
            .label(Place::from(subnet.header), "the one subnet")
            .help("name subnets in two or more availability zones");
    Some(match balancer.project.view(subnet).str("AvailabilityZone") {
        Known(zone, at) => finding.label(at, format!("its zone is `{zone}`")),
        Unknown(_) | Missing => finding,
    })
}

/// Whether a subnet is certainly in an ordinary zone, `eu-west-1a`.
fn is_of_a_region(balancer: Balancer, subnet: &Resource) -> bool {
    let view = balancer.project.view(subnet);
    let zone = match view.str("AvailabilityZone") {
        Known(zone, _) => zone.matches('-').count() == 2,
        Missing => view.any("AvailabilityZoneId").is_missing(),
        Unknown(_) => subnet.request.get("AvailabilityZone").is_some_and(is_listed_zone),
    };
    subnet.kind == Kind::Subnet && subnet.is_declared() && zone && view.any("OutpostArn").is_missing()
}
