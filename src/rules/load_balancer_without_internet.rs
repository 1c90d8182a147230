//! See `rules/load-balancer-without-internet.md`.

use super::prelude::*;
use crate::model::{Egress, Kind, SubnetExposure};

/// Reports internet-facing load balancers in subnets without a route to an internet gateway.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::LoadBalancer) {
        report.extend([unreachable(project, Balancer::new(*project, resource))]);
    }
}

fn unreachable(project: &Project, balancer: Balancer) -> Option<Finding> {
    let internal = balancer.view.field("Internal");
    if internal.bool().or_default(false, balancer.anchor()).known() != Some(false) {
        return None;
    }
    let private = |subnet| match project.exposure(subnet) {
        SubnetExposure::Routed(Egress::Internet | Egress::Partial, _)
        | SubnetExposure::ByName
        | SubnetExposure::Unknown => None,
        SubnetExposure::Routed(egress, place) if egress.is_private() => {
            Some((Place::from(subnet), place, "its default route does not lead to an internet gateway"))
        }
        SubnetExposure::Routed(egress, place) => Some((Place::from(subnet), place, egress.why_nowhere())),
    };
    let subnets = balancer.all_subnets()?;
    let found: Vec<_> = subnets.iter().map(|subnet| private(subnet)).collect::<Option<_>>()?;
    let (first, ..) = *found.first()?;
    let labels = found
        .iter()
        .flat_map(|(subnet, proof, says)| [(*subnet, "a subnet of the load balancer"), (*proof, *says)]);
    let message =
        "the load balancer is internet-facing, but none of its subnets has a route to an internet gateway";
    let finding = Finding::at(first, message).labels(labels).label(balancer.anchor(), "the load balancer");
    Some(finding.help(format!("use public subnets, or set `{internal}` for an internal load balancer")))
}
