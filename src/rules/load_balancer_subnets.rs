//! See `rules/load-balancer-subnets.md`.

use super::prelude::*;
use crate::model::{Kind, Resource, is_listed_zone};
use crate::value::Node;

/// Reports load balancers with subnets in too few Availability Zones, or with two subnets in one.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::LoadBalancer) {
        let balancer = Balancer::new(*project, resource);
        report.extend(one_zone_twice(balancer).or_else(|| too_few(balancer)));
    }
}

/// A subnet of the load balancer; `subnet` is `None` if its resource is unknown.
#[derive(Clone, Copy)]
struct Leg<'a> {
    node: &'a Node,
    subnet: Option<&'a Resource>,
}

/// Returns the load balancer's known subnets, from both ways to list them.
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
            let zone_name = zone.called().map_or_else(
                || "the same Availability Zone".to_owned(),
                |name| format!("Availability Zone `{name}`"),
            );
            return Some(
                Finding::at(leg.node, format!("the load balancer has two subnets in {zone_name}"))
                    .label(zone, "Availability Zone of this subnet")
                    .label(*first_zone, "Availability Zone of the other subnet")
                    .label(Place::header(first), "the other subnet")
                    .help("specify only one subnet per Availability Zone"),
            );
        }
        seen.push((subnet, zone));
    }
    None
}

/// Reports an Application Load Balancer with a single subnet. In a Local Zone or on an Outpost one subnet is enough, so
/// the subnet must certainly be in neither.
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
    let message =
        "an Application Load Balancer requires subnets in at least two Availability Zones (got one subnet)";
    let finding = Finding::at(named, message)
        .label(kind_at, balancer.kind_reason())
        .label(Place::header(subnet), "the only subnet")
        .help("add a subnet in another Availability Zone");
    Some(match balancer.project.view(subnet).str("AvailabilityZone") {
        Known(zone, at) => finding.label(at, format!("its Availability Zone is `{zone}`")),
        Unknown(_) | Missing => finding,
    })
}

/// Returns whether a subnet is certainly in a standard Availability Zone of a Region, such as `eu-west-1a`.
fn is_of_a_region(balancer: Balancer, subnet: &Resource) -> bool {
    let view = balancer.project.view(subnet);
    let zone = match view.str("AvailabilityZone") {
        Known(zone, _) => zone.matches('-').count() == 2,
        Missing => view.is_missing("AvailabilityZoneId"),
        Unknown(_) => subnet.request.get("AvailabilityZone").is_some_and(is_listed_zone),
    };
    subnet.kind == Kind::Subnet && subnet.is_declared() && zone && view.is_missing("OutpostArn")
}
