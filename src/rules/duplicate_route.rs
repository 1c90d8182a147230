//! See `rules/duplicate-route.md`.

use smol_str::SmolStr;

use super::prelude::*;
use super::support::duplicates;
use crate::model::{Kind, Resource};
use crate::value::Node;

/// The associations of which something can have only one, with the member that names it and what it can have.
const ASSOCIATIONS: &[(Kind, &str, &str)] = &[
    (Kind::RouteTableAssociation, "SubnetId", "a subnet can have only one route table"),
    (Kind::NetworkAclAssociation, "SubnetId", "a subnet can have only one network ACL"),
    (Kind::InternetGateway, "VpcId", "a VPC can have only one internet gateway"),
];

/// Reports routes to a destination that a route table already has, and associations of something that already has one.
pub fn check(project: &Project, report: &mut Report) {
    let routes: Vec<Route> = certain(project, Kind::Route).filter_map(|route| read(project, route)).collect();
    let keyed = routes.iter().map(|route| (route.key(), route));
    let conflicts =
        duplicates::within_keys(keyed, project.reads, |first, second| first.conflicts_with(second));
    report.extend(conflicts.into_iter().map(|(first, second)| {
        let name = second.destination.called().unwrap_or_default();
        let message = format!("the route table already has a route to `{name}`");
        let finding =
            finding(message, first.destination, second.destination).help("remove one of the routes");
        // Whether AWS creates the same route again depends on the order.
        if first.has_target_of(second) { finding.warning() } else { finding }
    }));
    for (kind, key, message) in ASSOCIATIONS {
        let all = certain(project, *kind);
        let named = all.filter_map(|of| Some((of, &project.view(of).entry(key)?.value)));
        let keyed = named.map(|(of, named)| (duplicates::key_of(named), (of, named)));
        let conflicts = duplicates::within_keys(keyed, project.reads, |(first, one), (second, other)| {
            first.is_deployed_with(second) && one.certainly_equals(other)
        });
        report.extend(conflicts.into_iter().map(|((_, first), (_, second))| {
            finding((*message).to_owned(), first, second).help("remove one of the two")
        }));
    }
}

fn finding(message: String, first: &Node, second: &Node) -> Finding {
    let at = Place::from(second);
    duplicates::label_first(Finding::at(at, message), at, Place::from(first))
}

/// The resources of a kind that the files certainly create.
fn certain<'a>(project: &Project<'a>, kind: Kind) -> impl Iterator<Item = &'a Resource> {
    project.of(kind).filter(|resource| resource.is_declared() && !resource.may_be_several())
}

/// A route in a resource of its own, with its table, its destination, and what it leads to.
struct Route<'a> {
    resource: &'a Resource,
    table: &'a Node,
    destination: &'a Node,
    target: Option<&'a Node>,
}

impl Route<'_> {
    fn key(&self) -> [SmolStr; 2] {
        [self.table, self.destination].map(duplicates::key_of)
    }

    fn has_target_of(&self, other: &Route) -> bool {
        self.target.zip(other.target).is_some_and(|(ours, theirs)| ours.certainly_equals(theirs))
    }

    fn conflicts_with(&self, other: &Route) -> bool {
        self.resource.is_deployed_with(other.resource)
            && self.table.certainly_equals(other.table)
            && self.destination.certainly_equals(other.destination)
    }
}

fn read<'a>(project: &Project<'a>, route: &'a Resource) -> Option<Route<'a>> {
    let view = project.view(route);
    let destinations =
        view.fields(["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"]);
    let destination = destinations.into_iter().find_map(Field::entry)?;
    let targets = view.fields([
        "GatewayId",
        "NatGatewayId",
        "InstanceId",
        "NetworkInterfaceId",
        "VpcPeeringConnectionId",
    ]);
    Some(Route {
        resource: route,
        table: &view.entry("RouteTableId")?.value,
        destination: &destination.value,
        target: targets.into_iter().find_map(Field::entry).map(|entry| &entry.value),
    })
}
