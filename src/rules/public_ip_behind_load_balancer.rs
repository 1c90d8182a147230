//! See `rules/public-ip-behind-load-balancer.md`.

use super::prelude::*;
use crate::model::{Egress, SubnetExposure};

/// Reports public addresses of tasks that a load balancer fronts and a NAT gateway could serve.
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
            Finding::at(place, "tasks behind a load balancer have public IP addresses of their own")
                .label(balancer.join_place(), "the load balancer brings the traffic")
                .label(subnet, "the tasks run in a public subnet")
                .label(nat, "this way out is there for private ones")
                .help("run the tasks in the private subnets, without public addresses"),
        );
    }
}
