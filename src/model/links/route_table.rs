//! The routes of a route table, and where they lead.

use ipnet::IpNet;

use crate::address::Address;
use crate::diagnostic::Place;
use crate::model::links::addresses::{Family, is_private};
use crate::model::links::nat::Nat;
use crate::model::reference::ref_kind;
use crate::model::{Egress, Project, Vpc};
use crate::resource::{Kind, RefKind, Resource};
use crate::value::{NodeKind, Unknown};
use crate::view::View;
use crate::workspace::Reference;

/// What a route table says about addresses that no other route is for.
pub(super) struct WayOut<'a> {
    /// The target.
    pub egress: Egress,
    /// The place of the default route, or of the table that lacks one.
    pub place: Place,
    /// The NAT gateway or NAT instance that is the target.
    pub nat: Option<Nat<'a>>,
}

/// The routes of a table, inline ones and others.
struct Routes<'a> {
    all: Vec<View<'a>>,
    /// Whether these certainly are all.
    is_complete: bool,
}

impl<'a> Project<'a> {
    /// The target of a table's default route for IPv4 or, from something with IPv6 addresses only, for IPv6; `None` if there may be
    /// unknown routes. Routes for addresses of the other version do not count unless what is sent may have them.
    pub(super) fn way_out(self, table: &'a Resource, from: Family) -> Option<WayOut<'a>> {
        let Routes { mut all, is_complete } = self.routes_of(table);
        let is_given = |route: &View, key| route.entry(key).is_some();
        let is_only = |route: &View, key, other| is_given(route, key) && !is_given(route, other);
        match from {
            Family::Four => {
                all.retain(|route| !is_only(route, "DestinationIpv6CidrBlock", "DestinationCidrBlock"))
            }
            Family::Six => {
                all.retain(|route| !is_only(route, "DestinationCidrBlock", "DestinationIpv6CidrBlock"))
            }
            Family::Both => {}
        }
        if let Some(route) = all.iter().find(|route| is_default(**route) || is_default_for_six(**route, from))
        {
            let egress = target(*route)?;
            return Some(WayOut { egress, place: route.place(), nat: Nat::of_route(*route) });
        }
        let is_inside = |route: &View<'a>| is_local(*route) || self.is_for_empty_peer(table, *route);
        let is_inner = |route: &View<'a>| is_inside(route) || is_for_private(*route);
        let egress = match () {
            () if all.iter().all(is_inside) => Egress::None,
            () if all.iter().all(is_inner) => Egress::Inner,
            () => Egress::Partial,
        };
        is_complete.then(|| WayOut { egress, place: Place::header(table), nat: None })
    }

    /// Returns `true` if a table certainly has no route by which packets get to any of some networks of another VPC. A NAT gateway
    /// and an internet gateway do not lead to private addresses.
    pub(super) fn leads_nowhere(self, table: &'a Resource, networks: &[IpNet]) -> bool {
        let Routes { all, is_complete } = self.routes_of(table);
        let is_lost = |network: &IpNet| {
            let mut best: Option<(IpNet, View)> = None;
            for route in &all {
                if route.entry("DestinationPrefixListId").is_some() && !is_local(*route) {
                    return false;
                }
                let Some(range) = range(*route) else { continue };
                if network.contains(&range) && *network != range {
                    return false;
                }
                let is_longer = best.is_none_or(|(known, _)| known.prefix_len() < range.prefix_len());
                if range.contains(network) && is_longer {
                    best = Some((range, *route));
                }
            }
            best.is_none_or(|(_, route)| self.is_for_internet(route))
        };
        is_complete && networks.iter().all(is_lost)
    }

    /// Returns `true` if a route of a table leads to a VPC in the files through which nothing outside can be reached: packets do not
    /// leave a peered VPC, and it has no VPC endpoints.
    fn is_for_empty_peer(self, table: &'a Resource, route: View<'a>) -> bool {
        let Some(entry) = route.entry("VpcPeeringConnectionId") else { return false };
        let Some(peering) = self.resolve(&[Kind::PeeringConnection], &entry.value).known() else {
            return false;
        };
        let own = table.request.get("VpcId").and_then(|node| self.vpc_made_by(node));
        let is_empty = |key: &str| {
            let vpc = peering.request.get(key).and_then(|node| self.vpc_made_by(node));
            // The endpoints of the own VPC are in reach without the route.
            if own.zip(vpc).is_some_and(|(own, vpc)| own.is(vpc)) {
                return true;
            }
            let Some(vpc) = vpc.and_then(|vpc| vpc.address.clone()).map(Vpc::Made) else { return false };
            self.endpoints_of(&vpc, peering.unit())
                .all(|one| self.vpc_of(one).is_some_and(|home| home.vpc.is_certainly_other(&vpc)))
        };
        !self.calls_unread_modules(peering.unit()) && is_empty("VpcId") && is_empty("PeerVpcId")
    }

    /// Returns `true` if a route certainly leads to the internet only.
    fn is_for_internet(self, route: View<'a>) -> bool {
        if target(route) == Some(Egress::Internet) {
            return true;
        }
        // The subnet of a NAT gateway can have a route of its own.
        let Some(Nat::Gateway(node)) = Nat::of_route(route) else { return false };
        let gateway = self.resolve(&[Kind::NatGateway], node).known();
        let subnet = gateway.and_then(|gateway| gateway.request.get("SubnetId"));
        let way = subnet.and_then(|subnet| self.way_out(self.table_of(subnet)?, Family::Four));
        way.is_some_and(|way| way.egress == Egress::Internet)
    }

    fn routes_of(self, table: &'a Resource) -> Routes<'a> {
        let inline = self.view(table).list("Routes");
        let is_told = self.view(table).list("PropagatingVgws").is_empty();
        let is_kept = !table.ignores("Routes");
        let mut is_complete = inline.is_complete() && is_kept && is_told && !self.has_opaque_refs(table);
        let mut all: Vec<View> = inline.iter().collect();
        all.extend(self.referring_near(Reference::RouteTable, table).map(|route| self.view(route)));
        is_complete &= self.are_clear(Reference::RouteTable, table.unit());
        let unclear = |route: &View| {
            route.str("DestinationCidrBlock").known().is_none() && !has_other_destination(*route)
        };
        is_complete &= !all.iter().any(unclear);
        Routes { all, is_complete }
    }
}

/// Returns `true` for the route of all IPv4 addresses.
pub(super) fn is_default(route: View) -> bool {
    route.str("DestinationCidrBlock").known() == Some("0.0.0.0/0")
}

/// Returns `true` for the route of all IPv6 addresses, if only these matter.
fn is_default_for_six(route: View, from: Family) -> bool {
    from == Family::Six && route.str("DestinationIpv6CidrBlock").known() == Some("::/0")
}

/// Returns `true` if a route is only for private IPv4 addresses.
fn is_for_private(route: View) -> bool {
    let is_only =
        !["DestinationIpv6CidrBlock", "DestinationPrefixListId"].iter().any(|key| route.entry(key).is_some());
    is_only && route.entry("DestinationCidrBlock").is_some_and(|entry| is_private(&entry.value))
}

/// The addresses that a route is for.
fn range(route: View) -> Option<IpNet> {
    let six = || route.str("DestinationIpv6CidrBlock").known();
    route.str("DestinationCidrBlock").known().or_else(six)?.parse().ok()
}

/// Returns `true` if the route is for IPv6 or a prefix list, and thus irrelevant to the IPv4 default route.
fn has_other_destination(route: View) -> bool {
    ["DestinationIpv6CidrBlock", "DestinationPrefixListId"].iter().any(|key| route.entry(key).is_some())
}

/// Returns `true` if the route stays in the VPC, or leads to a gateway endpoint.
fn is_local(route: View) -> bool {
    route.str("GatewayId").known().is_some_and(|id| id == "local" || id.starts_with("vpce-"))
}

/// The kind of gateway that a route leads to.
fn target(route: View) -> Option<Egress> {
    let Some(gateway) = route.entry("GatewayId") else { return Some(Egress::Private) };
    match &gateway.value.kind {
        NodeKind::Unknown(Unknown::Attribute { of, .. }) => gateway_of(of),
        NodeKind::String(id) if id.starts_with("igw-") => Some(Egress::Internet),
        NodeKind::String(_) => Some(Egress::Private),
        _ => None,
    }
}

/// The kind of gateway of a resource.
fn gateway_of(address: &Address) -> Option<Egress> {
    match ref_kind(address) {
        Some(RefKind::Request(Kind::InternetGateway)) if !address.is_data() => Some(Egress::Internet),
        Some(RefKind::PrivateGateway | RefKind::Request(Kind::NatGateway)) if !address.is_data() => {
            Some(Egress::Private)
        }
        _ => None,
    }
}
