//! See `rules/load-balancer-without-internet.md`.

use super::prelude::*;
use super::support::security_groups;
use crate::model::{Direction, Egress, Kind, Peer, SubnetExposure};
use crate::value::Node;

/// Reports internet-facing load balancers that clients on the internet cannot reach, because a subnet has no route to an internet
/// gateway or because the security groups let nobody in.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::LoadBalancer) {
        let balancer = Balancer::new(*project, resource);
        if balancer.is_certainly_public() {
            unrouted(project, balancer).into_iter().for_each(|found| report.join(found));
        }
    }
    for entry in project.load_balancers() {
        closed(project, entry).into_iter().for_each(|found| report.join(found));
    }
}

/// A subnet without a route to an internet gateway.
struct Private {
    subnet: Place,
    /// The place that shows it, and why.
    proof: (Place, &'static str),
    /// The place to change: the load balancer is in the wrong subnet, or a route is missing.
    place: Place,
}

fn unrouted(project: &Project, balancer: Balancer) -> Option<Finding> {
    let private = |subnet| -> Option<Private> {
        let named = Place::from(subnet);
        let (place, proof) = match project.exposure(subnet) {
            SubnetExposure::Routed(Egress::Internet | Egress::Partial | Egress::Inner, _)
            | SubnetExposure::ByName
            | SubnetExposure::Unknown => return None,
            SubnetExposure::Routed(egress, at) if egress.is_private() => {
                (named, (at, "its default route does not lead to an internet gateway"))
            }
            SubnetExposure::Routed(egress, at) => (at, (at, egress.why_nowhere())),
        };
        Some(Private { subnet: named, proof, place })
    };
    let subnets = balancer.all_subnets()?;
    let found: Vec<Private> = subnets.iter().filter_map(|subnet| private(subnet)).collect();
    let first = found.first()?;
    // The missing route also keeps the tasks in these subnets from starting, which is reported.
    let is_of_tasks = |subnet: &&Node| is_where_tasks_start(project, balancer, subnet);
    if subnets.iter().any(is_of_tasks) {
        return None;
    }
    let which = if found.len() == subnets.len() { "none" } else { "not each" };
    let message = format!(
        "the load balancer is internet-facing, but {which} of its subnets has a route to an internet gateway"
    );
    let labels = found.iter().flat_map(|it| [(it.subnet, "a subnet of the load balancer"), it.proof]);
    let finding =
        Finding::at(first.place, message).labels(labels).label(balancer.anchor(), "the load balancer");
    let internal = balancer.view.field("Internal");
    Some(finding.help(format!("use public subnets, or set `{internal}` for an internal load balancer")))
}

/// Returns why nobody reaches a listener that leads to the tasks of a service.
fn closed(project: &Project, entry: LoadBalancer) -> Option<Finding> {
    let group = entry.target_group().known()?;
    let balancer = Balancer::new(*project, project.only_balancer(group.resource)?);
    if !balancer.is_certainly_public() || entry.service.runs_no_tasks() {
        return None;
    }
    let groups = project.security_group_set(balancer.view.list("SecurityGroups"))?;
    let blocked = |(port, place): (i64, Place)| {
        let bars = project.blocked_by(&groups, Direction::Ingress, port..=port, Peer::Anything)?;
        Some((bars, port, place))
    };
    let (bars, port, listener) = balancer.ports_to(group).into_iter().find_map(blocked)?;
    let message = format!(
        "the load balancer is internet-facing, but its security groups let nobody connect to port {port}"
    );
    let finding = Finding::at(security_groups::place(&bars)?, message)
        .labels(security_groups::labels(&bars, Direction::Ingress, "the load balancer"))
        .label(listener, "clients connect to this port")
        .label(balancer.anchor(), "the load balancer")
        .label(entry.join_place(), "the service registers its tasks with this target group");
    Some(finding.help(format!("allow inbound TCP traffic on port {port} from the clients")))
}

/// Returns `true` if tasks on Fargate start in a subnet from which no packet gets to the internet.
fn is_where_tasks_start(project: &Project, balancer: Balancer, subnet: &Node) -> bool {
    let is_nowhere =
        matches!(project.exposure(subnet), SubnetExposure::Routed(egress, _) if egress.is_nowhere());
    let launches = project.launches().into_iter();
    let mut near = launches.filter(|launch| launch.resource.unit() == balancer.resource.unit());
    is_nowhere && near.any(|launch| launch.subnets().iter().any(|other| other.is_same(subnet)))
}
