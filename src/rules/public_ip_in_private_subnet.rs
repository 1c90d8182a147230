//! See `rules/public-ip-in-private-subnet.md`.

use super::prelude::*;
use crate::model::{Egress, SubnetExposure};
use crate::value::Node;

/// Reports public IP addresses in subnets that cannot be reached from the internet.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let private: Vec<Private> =
            service.subnets().into_iter().filter_map(|subnet| private(service, subnet)).collect();
        if private.is_empty() {
            continue;
        }
        let message = if private.iter().all(|subnet| subnet.by_name) {
            "tasks get public IP addresses in subnets that are private according to their names"
        } else {
            "tasks get public IP addresses in subnets without a route to an internet gateway"
        };
        let Known(network, _) = service.network() else { continue };
        report.add(
            Finding::at(place, message).labels(private.into_iter().flat_map(|subnet| subnet.labels)).help(
                format!(
                    "disable `{}`; tasks in private subnets reach the internet through a NAT gateway",
                    network.field("assignPublicIp")
                ),
            ),
        );
    }
}

/// A private subnet, and why it is private.
struct Private {
    by_name: bool,
    labels: Vec<(Place, &'static str)>,
}

fn private(service: Service, subnet: &Node) -> Option<Private> {
    let place = Place::from(subnet);
    match service.project.exposure(subnet) {
        SubnetExposure::Routed(Egress::Private | Egress::BrokenNat(_), route) => {
            let labels = vec![
                (place, "this subnet"),
                (route, "its default route does not lead to an internet gateway"),
            ];
            Some(Private { by_name: false, labels })
        }
        SubnetExposure::Routed(
            reach @ (Egress::None | Egress::Partial | Egress::Inner | Egress::NoRouteTable),
            table,
        ) => {
            let labels = vec![(place, "this subnet"), (table, reach.why_nowhere())];
            Some(Private { by_name: false, labels })
        }
        SubnetExposure::ByName => {
            Some(Private { by_name: true, labels: vec![(place, "private according to its name")] })
        }
        SubnetExposure::Routed(Egress::Internet, _) | SubnetExposure::Unknown => None,
    }
}
