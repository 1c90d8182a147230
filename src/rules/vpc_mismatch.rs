//! See `rules/vpc-mismatch.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Balancer, LoadBalancer, Service};
use crate::node::Node;
use crate::project::{Home, Kind, Project, Vpc};
use crate::rules::Report;

/// Reports services whose subnets, security groups and target groups are not of one VPC.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        service.load_balancers().filter_map(apart).for_each(|finding| report.add(finding));
        let homes: Vec<(&Node, Home)> = service
            .subnets()
            .into_iter()
            .filter_map(|node| {
                let home = project.home_of_named(&[Kind::Subnet], node)?;
                Some((node, home))
            })
            .collect();
        let Some(first) = homes.first() else { continue };
        match homes.iter().find(|(_, home)| home.vpc.is_certainly_other(&first.1.vpc)) {
            Some(other) => report.add(two_vpcs(first, other)),
            None => {
                groups(project, service, first).into_iter().for_each(|finding| report.add(finding));
                let balancers = service.load_balancers();
                balancers.filter_map(|balancer| target_group(balancer, first)).for_each(|f| report.add(f));
            }
        }
    }
}

/// How to say in a label which VPC something is in.
fn is_in(home: &Home, what: &str) -> String {
    match home.vpc {
        Vpc::Default => format!("{what} names no VPC, so it is made in the default one"),
        _ => format!("{what} is in {}", home.vpc.called()),
    }
}

fn called(node: &Node, what: &str) -> String {
    node.called().map_or_else(|| format!("a {what}"), |name| format!("{what} `{name}`"))
}

fn two_vpcs(first: &(&Node, Home), other: &(&Node, Home)) -> Finding {
    let message = format!("{} is in another VPC than the subnet before it", called(other.0, "subnet"));
    Finding::at(other.0, message)
        .label(other.1.place, is_in(&other.1, "it"))
        .label(first.0, "the subnet before it")
        .label(first.1.place, is_in(&first.1, "that one"))
        .help("name subnets of one VPC")
}

fn groups(project: &Project, service: Service, subnet: &(&Node, Home)) -> Vec<Finding> {
    let Some(network) = service.network().known() else { return Vec::new() };
    let other = |node: &Node| {
        let home = project.home_of_named(&[Kind::SecurityGroup], node)?;
        home.vpc.is_certainly_other(&subnet.1.vpc).then(|| {
            let called = called(node, "security group");
            let finding = Finding::at(node, format!("{called} is not in the VPC of the subnets"));
            both(finding, &home, "the security group", subnet)
                .help("name security groups of the VPC that the subnets are in")
        })
    };
    network.list("securityGroups").iter().filter_map(|item| other(item.node)).collect()
}

fn target_group(balancer: LoadBalancer, subnet: &(&Node, Home)) -> Option<Finding> {
    let group = balancer.target_group().known()?;
    let home = balancer.service.project.home_of(group.document)?;
    home.vpc.is_certainly_other(&subnet.1.vpc).then(|| {
        let place: Place = balancer.group_place();
        let finding = Finding::at(place, "the target group is not in the VPC of the tasks' subnets");
        both(finding, &home, "the target group", subnet)
            .help("make the target group, and its load balancer, in the VPC that the subnets are in")
    })
}

/// A target group whose load balancer is in another VPC, by one of its subnets.
fn apart(entry: LoadBalancer) -> Option<Finding> {
    let project = entry.service.project;
    let group = entry.target_group().known()?;
    let home = project.home_of(group.document)?;
    let balancer = Balancer::new(project, project.only_balancer(group.document)?);
    let named = |node: &'_ Node| project.home_of_named(&[Kind::Subnet], node);
    let subnets = balancer.subnets();
    let subnet = subnets.into_iter().find_map(|node| Some((node, named(node)?)))?;
    home.vpc.is_certainly_other(&subnet.1.vpc).then(|| {
        let message = "the target group is not in the VPC of its load balancer";
        let finding = Finding::at(home.place, message)
            .label(entry.join_place(), "the service registers its tasks with this target group")
            .label(balancer.title(), "the load balancer that forwards to it")
            .label(subnet.0, "a subnet of the load balancer");
        let finding = match Place::from(subnet.0) == subnet.1.place {
            true => finding,
            false => finding.label(subnet.1.place, is_in(&subnet.1, "the subnet")),
        };
        finding.help("make the target group and its load balancer in one VPC")
    })
}

fn both(finding: Finding, home: &Home, what: &str, subnet: &(&Node, Home)) -> Finding {
    let finding = finding.label(home.place, is_in(home, what)).label(subnet.0, "a subnet of the tasks");
    match Place::from(subnet.0) == subnet.1.place {
        true => finding,
        false => finding.label(subnet.1.place, is_in(&subnet.1, "the subnet")),
    }
}
