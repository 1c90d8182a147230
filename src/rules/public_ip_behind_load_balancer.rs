//! See `rules/public-ip-behind-load-balancer.md`.

use super::prelude::*;
use crate::model::{Egress, SubnetExposure};

/// Reports public IP addresses of tasks that are behind a load balancer and could use a NAT gateway.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let Some(balancer) = service.load_balancers().next() else { continue };
        let Some(nat) = project.nat_route(service.resource) else { continue };
        let public = service.subnets().into_iter().find_map(|subnet| match project.exposure(subnet) {
            SubnetExposure::Routed(Egress::Internet, _) => Some(Place::from(subnet)),
            _ => None,
        });
        let Some(subnet) = public else { continue };
        report.add(
            Finding::at(place, "tasks behind a load balancer have their own public IP addresses")
                .label(balancer.join_place(), "clients connect through this load balancer")
                .label(subnet, "the tasks run in this public subnet")
                .label(nat, "private subnets have this route to a NAT gateway")
                .help("run the tasks in the private subnets, without public IP addresses"),
        );
    }
}
