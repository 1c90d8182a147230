//! See `rules/invalid-gateway.md`.

use super::prelude::*;
use crate::model::Kind;

/// The only supported port and protocol of the listener.
const PORT: i64 = 443;
const PROTOCOL: &str = "HTTPS";

/// The minimum number of subnets of an Application Load Balancer.
const SUBNETS: usize = 2;

/// Reports gateways with a listener or subnets that ECS does not support.
pub fn check(project: &Project, report: &mut Report) {
    for gateway in project.of(Kind::Gateway) {
        let settings = project.view(gateway).object("configuration").then(|it| it.object("hostSharedAlb"));
        let Known(balancer, _) = settings else { continue };
        report.extend([wrong_port(balancer), wrong_protocol(balancer), few_subnets(balancer)]);
    }
}

fn wrong_port(balancer: View) -> Option<Finding> {
    let field = balancer.field("port");
    let (port, place) = field.int().known_at().filter(|(port, _)| *port != PORT)?;
    let message = format!("port {port} is not supported for a gateway: expected {PORT}");
    Some(Finding::at(place, message).help(format!("remove `{field}`, or set it to {PORT}")))
}

fn wrong_protocol(balancer: View) -> Option<Finding> {
    let field = balancer.field("protocol");
    let (protocol, place) = field.str().known_at().filter(|(protocol, _)| *protocol == "HTTP")?;
    let message = format!("protocol `{protocol}` is not supported for a gateway: expected `{PROTOCOL}`");
    Some(Finding::at(place, message).help(format!("remove `{field}`, or set it to `{PROTOCOL}`")))
}

fn few_subnets(balancer: View) -> Option<Finding> {
    let Known(network, _) = balancer.object("networkConfiguration") else { return None };
    let field = network.field("subnets");
    let [only] = field.list().counted()?[..] else { return None };
    let message = format!("`{field}` must have at least {SUBNETS} subnets (got 1)");
    Some(Finding::at(only, message).help("add a subnet in another Availability Zone"))
}
