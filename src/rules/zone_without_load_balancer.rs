//! See `rules/zone-without-load-balancer.md`.

use super::prelude::*;
use crate::model::Zone;

/// Reports services that run tasks in Availability Zones where their load balancer has no subnet.
pub fn check(project: &Project, report: &mut Report) {
    for entry in project.load_balancers() {
        report.extend(outside(project, entry));
    }
}

fn outside(project: &Project, entry: LoadBalancer) -> Option<Finding> {
    let group = entry.target_group().known()?;
    let Known("ip", _) = group.target_type() else { return None };
    let balancer = Balancer::new(*project, project.only_balancer(group.resource)?);
    // A Network Load Balancer can send traffic to other zones (`enable_cross_zone_load_balancing`).
    let Known("application", _) = balancer.kind() else { return None };
    let legs = project.zones(&balancer.all_subnets()?)?;
    let service = entry.service;
    let tasks = service.subnets().into_iter().filter_map(|node| {
        let zones = project.zones(&[node])?;
        zones.into_iter().next()
    });
    let is_outside = |zone: &Zone| legs.iter().all(|leg| leg.is_certainly_other(zone));
    let zone = tasks.into_iter().find(is_outside)?;
    let message =
        format!("the load balancer has no subnet in {}, so tasks there receive no traffic", zone.called());
    let finding = Finding::at(zone.subnet, message)
        .label(zone.zone, format!("this subnet of the tasks is in {}", zone.called()))
        .label(entry.join_place(), "the service registers its tasks with this target group")
        .label(balancer.anchor(), "this load balancer forwards to the target group")
        .labels(legs.iter().map(|leg| (leg.zone, format!("the load balancer is in {}", leg.called()))));
    Some(finding.help(
        "add a subnet in that Availability Zone to the load balancer, or run tasks only where it has one",
    ))
}
