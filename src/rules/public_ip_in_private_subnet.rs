//! See `rules/public-ip-in-private-subnet.md`.

use super::prelude::*;
use crate::model::{Egress, SubnetExposure};
use crate::value::Node;

/// Reports public addresses in subnets that no packet from the internet reaches.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let private: Vec<Private> =
            service.subnets().into_iter().filter_map(|subnet| private(service, subnet)).collect();
        if private.is_empty() {
            continue;
        }
        let message = if private.iter().all(|subnet| subnet.by_name) {
            "tasks get public IP addresses in subnets that are private by their name"
        } else {
            "tasks get public IP addresses in subnets that have no route to an internet gateway"
        };
        let Known(network, _) = service.network() else { continue };
        report.add(
            Finding::at(place, message).labels(private.into_iter().flat_map(|subnet| subnet.labels)).help(
                format!(
                    "turn `{}` off; tasks in private subnets reach the internet through a NAT gateway",
                    network.field("assignPublicIp")
                ),
            ),
        );
    }
}

/// A subnet that is private, and how that is known.
struct Private {
    by_name: bool,
    labels: Vec<(Place, &'static str)>,
}

fn private(service: Service, subnet: &Node) -> Option<Private> {
    let place = Place::from(subnet);
    match service.project.exposure(subnet) {
        SubnetExposure::Routed(Egress::Private, route) => {
            let labels =
                vec![(place, "this subnet"), (route, "its default route leads to no internet gateway")];
            Some(Private { by_name: false, labels })
        }
        SubnetExposure::Routed(reach @ (Egress::None | Egress::Partial | Egress::NoRouteTable), table) => {
            let labels = vec![(place, "this subnet"), (table, reach.why_nowhere())];
            Some(Private { by_name: false, labels })
        }
        SubnetExposure::ByName => {
            Some(Private { by_name: true, labels: vec![(place, "private by its name")] })
        }
        SubnetExposure::Routed(Egress::Internet, _) | SubnetExposure::Unknown => None,
    }
}
