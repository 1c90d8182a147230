//! See `rules/vpc-mismatch.md`.

use super::prelude::*;
use crate::model::{Kind, Vpc, VpcMembership};
use crate::value::Node;

/// Reports services whose subnets, security groups, and target groups are not all in the same VPC.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        report.extend(service.load_balancers().filter_map(outside_balancer_vpc));
        let homes: Vec<(&Node, VpcMembership)> = service
            .subnets()
            .into_iter()
            .filter_map(|node| {
                let home = project.vpc_of_named(&[Kind::Subnet], node)?;
                Some((node, home))
            })
            .collect();
        let Some(first) = homes.first() else { continue };
        match homes.iter().find(|(_, home)| home.vpc.is_certainly_other(&first.1.vpc)) {
            Some(other) => report.add(two_vpcs(first, other)),
            None => {
                report.extend(groups(project, service, first));
                let balancers = service.load_balancers();
                report.extend(balancers.filter_map(|balancer| target_group(balancer, first)));
            }
        }
    }
}

/// Returns the text of a label for the VPC of something.
fn is_in(home: &VpcMembership, what: &str) -> String {
    match home.vpc {
        Vpc::Default => format!("{what} specifies no VPC, so it is created in the default VPC"),
        _ => format!("{what} is in {}", home.vpc.called()),
    }
}

fn called(node: &Node, what: &str) -> String {
    node.called().map_or_else(|| format!("a {what}"), |name| format!("{what} `{name}`"))
}

fn two_vpcs(first: &(&Node, VpcMembership), other: &(&Node, VpcMembership)) -> Finding {
    let message = format!("{} is in a different VPC than an earlier subnet", called(other.0, "subnet"));
    Finding::at(other.0, message)
        .label(other.1.place, is_in(&other.1, "the subnet"))
        .label(first.0, "the earlier subnet")
        .label(first.1.place, is_in(&first.1, "the earlier subnet"))
        .help("use subnets of one VPC")
}

fn groups(project: &Project, service: Service, subnet: &(&Node, VpcMembership)) -> Vec<Finding> {
    let Some(network) = service.network().known() else { return Vec::new() };
    let other = |node: &Node| {
        // Which services accept a group of another VPC that is associated with theirs is not documented for ECS.
        let home =
            project.vpc_of_named(&[Kind::SecurityGroup], node).filter(|_| !project.may_be_shared(node))?;
        home.vpc.is_certainly_other(&subnet.1.vpc).then(|| {
            let called = called(node, "security group");
            let finding = Finding::at(node, format!("{called} is not in the VPC of the subnets"));
            in_two_vpcs(finding, &home, "the security group", subnet)
                .help("use security groups in the VPC of the subnets")
        })
    };
    network.list("securityGroups").iter().filter_map(|item| other(item.node)).collect()
}

fn target_group(balancer: LoadBalancer, subnet: &(&Node, VpcMembership)) -> Option<Finding> {
    let group = balancer.target_group().known()?;
    // A Network Load Balancer can reach addresses in a peered VPC.
    if !matches!(group.protocol(), Known("HTTP" | "HTTPS", _)) {
        return None;
    }
    let home = balancer.service.project.vpc_of(group.resource)?;
    home.vpc.is_certainly_other(&subnet.1.vpc).then(|| {
        let place: Place = balancer.group_place();
        let finding = Finding::at(place, "the target group is not in the VPC of the tasks' subnets");
        in_two_vpcs(finding, &home, "the target group", subnet)
            .help("create the target group and its load balancer in the VPC of the subnets")
    })
}

/// Reports a target group whose load balancer has a subnet in another VPC.
fn outside_balancer_vpc(entry: LoadBalancer) -> Option<Finding> {
    let project = entry.service.project;
    let group = entry.target_group().known()?;
    let home = project.vpc_of(group.resource)?;
    let balancer = Balancer::new(project, project.only_balancer(group.resource)?);
    let named = |node: &'_ Node| project.vpc_of_named(&[Kind::Subnet], node);
    let subnets = balancer.subnets();
    let subnet = subnets.into_iter().find_map(|node| Some((node, named(node)?)))?;
    home.vpc.is_certainly_other(&subnet.1.vpc).then(|| {
        let message = "the target group is not in the VPC of its load balancer";
        let finding = Finding::at(home.place, message)
            .label(entry.join_place(), "the service registers its tasks with this target group")
            .label(balancer.anchor(), "this load balancer forwards to the target group")
            .label(subnet.0, "a subnet of the load balancer");
        with_vpc_of(finding, &subnet).help("create the target group and its load balancer in the same VPC")
    })
}

fn in_two_vpcs(
    finding: Finding,
    home: &VpcMembership,
    what: &str,
    subnet: &(&Node, VpcMembership),
) -> Finding {
    let finding = finding.label(home.place, is_in(home, what)).label(subnet.0, "a subnet of the tasks");
    with_vpc_of(finding, subnet)
}

/// Adds a label for the VPC of a subnet, unless it would mark the value that names the subnet.
fn with_vpc_of(finding: Finding, (node, home): &(&Node, VpcMembership)) -> Finding {
    let is_named_there = Place::from(*node) == home.place;
    finding.labels((!is_named_there).then(|| (home.place, is_in(home, "the subnet"))))
}
