//! NAT gateways and NAT instances that do not reach the internet themselves.

use crate::diagnostic::Place;
use crate::model::links::addresses::Family;
use crate::model::links::resolve::knows;
use crate::model::links::route_table::is_default;
use crate::model::{Egress, Project};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{Value, View};

/// What translates addresses, as the value of a route refers to it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nat<'a> {
    /// A NAT gateway.
    Gateway(&'a Node),
    /// An instance, or a network interface of one.
    Instance(&'a Node),
}

/// Why a NAT gateway or a NAT instance does not reach the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatFault {
    /// The gateway connects private networks only.
    Private,
    /// The default route of the gateway's own subnet leads to a NAT gateway.
    InPrivateSubnet,
    /// The gateway's own subnet has no default route.
    WithoutRoute,
    /// The default route of the instance's own subnet leads to an instance.
    BehindItself,
    /// The instance's own subnet has no default route.
    InstanceWithoutRoute,
    /// The network interface of the instance drops the packets of others.
    Checks,
}

impl NatFault {
    /// Describes the fault in a label.
    pub fn says(self) -> &'static str {
        match self {
            NatFault::Private => "this NAT gateway connects private networks only",
            NatFault::InPrivateSubnet => {
                "the NAT gateway is in this subnet, whose default route does not lead to an internet gateway"
            }
            NatFault::WithoutRoute => "the subnet of the NAT gateway has no route to an internet gateway",
            NatFault::BehindItself => {
                "the NAT instance is in this subnet, whose default route does not lead to an internet gateway"
            }
            NatFault::InstanceWithoutRoute => {
                "the subnet of the NAT instance has no route to an internet gateway"
            }
            NatFault::Checks => {
                "the NAT instance drops packets of the tasks, because the source/destination check is enabled"
            }
        }
    }

    /// Describes the fault in a message.
    pub fn why(self) -> &'static str {
        match self {
            NatFault::Private | NatFault::InPrivateSubnet | NatFault::WithoutRoute => {
                "the NAT gateway of the tasks' subnets has no route to the internet"
            }
            NatFault::BehindItself | NatFault::InstanceWithoutRoute => {
                "the NAT instance of the tasks' subnets has no route to the internet"
            }
            NatFault::Checks => "the NAT instance of the tasks' subnets does not forward their packets",
        }
    }

    /// What to change.
    pub fn help(self) -> &'static str {
        match self {
            NatFault::Private => "make the NAT gateway public",
            NatFault::InPrivateSubnet => {
                "move the NAT gateway to a subnet whose default route leads to an internet gateway"
            }
            NatFault::BehindItself => {
                "move the NAT instance to a subnet whose default route leads to an internet gateway"
            }
            NatFault::WithoutRoute | NatFault::InstanceWithoutRoute => {
                "add a default route to an internet gateway"
            }
            NatFault::Checks => "disable the source/destination check of the NAT instance",
        }
    }
}

impl<'a> Nat<'a> {
    /// The target of a route, if it translates addresses.
    pub(super) fn of_route(route: View<'a>) -> Option<Nat<'a>> {
        let target = |key: &str| route.entry(key).map(|entry| &entry.value);
        let instance = || target("NetworkInterfaceId").or_else(|| target("InstanceId")).map(Nat::Instance);
        target("NatGatewayId").map(Nat::Gateway).or_else(instance)
    }
}

impl<'a> Project<'a> {
    /// Why a NAT gateway or a NAT instance does not reach the internet, and the place to change.
    pub(super) fn nat_fault(self, nat: Nat<'a>) -> Option<(NatFault, Place)> {
        match nat {
            Nat::Gateway(node) => self.gateway_fault(self.resolve(&[Kind::NatGateway], node).known()?),
            Nat::Instance(node) => {
                let kinds = [Kind::Instances, Kind::NetworkInterface];
                self.instance_fault(self.resolve(&kinds, node).known()?)
            }
        }
    }

    fn gateway_fault(self, nat: &'a Resource) -> Option<(NatFault, Place)> {
        if !nat.is_declared() {
            return None;
        }
        if let Value::Known("private", place) = self.view(nat).str("ConnectivityType") {
            return self.private_fault(nat, place);
        }
        self.subnet_fault(nat, NatFault::InPrivateSubnet, NatFault::WithoutRoute)
    }

    /// Whether the packets of a private NAT gateway get lost. An internet gateway drops them; a transit gateway, a virtual private
    /// gateway, or a peer may lead to the internet.
    fn private_fault(self, nat: &'a Resource, place: Place) -> Option<(NatFault, Place)> {
        let named = &self.view(nat).entry("SubnetId")?.value;
        let way = || self.way_out(self.table_of(named)?, Family::Four);
        let is_public = way().is_some_and(|way| way.egress == Egress::Internet);
        let is_lost = || self.subnet_fault(nat, NatFault::Private, NatFault::Private).is_some();
        (is_public || is_lost()).then_some((NatFault::Private, place))
    }

    /// Why an instance, or the instance of a network interface, does not forward packets.
    fn instance_fault(self, instance: &'a Resource) -> Option<(NatFault, Place)> {
        let view = self.view(instance);
        let is_alone = view.is_missing("NetworkInterfaces") && view.is_missing("LaunchTemplate");
        if !instance.is_declared() || !is_alone {
            return None;
        }
        let check = view.field("SourceDestCheck");
        let anchor = Place::header(instance);
        // A program on the instance can disable the check if the instance has a role.
        let may_change = !view.is_missing("IamInstanceProfile") || !view.is_missing("UserData");
        let can_change = may_change || instance.kind == Kind::NetworkInterface;
        match check.bool().or_default(true, anchor) {
            Value::Known(true, place) if !can_change && !instance.ignores("SourceDestCheck") => {
                Some((NatFault::Checks, place))
            }
            Value::Known(..) | Value::Unknown(_) | Value::Missing => {
                self.subnet_fault(instance, NatFault::BehindItself, NatFault::InstanceWithoutRoute)
            }
        }
    }

    /// What keeps packets from leaving the subnet of something that translates addresses.
    fn subnet_fault(
        self,
        nat: &'a Resource,
        behind: NatFault,
        unrouted: NatFault,
    ) -> Option<(NatFault, Place)> {
        let named = &self.view(nat).entry("SubnetId")?.value;
        let subnet = self.subnet_of(named).known()?;
        if self.is_unrouted(subnet) {
            return Some((unrouted, Place::header(subnet)));
        }
        let [table] = self.route_tables(subnet)?.try_into().ok()?;
        let way = self.way_out(table, Family::Four)?;
        match way.egress {
            // Another kind of gateway may lead to the internet.
            Egress::Private if way.nat.is_some_and(|next| self.is_circle(nat, next)) => {
                Some((behind, Place::from(named)))
            }
            Egress::None if self.has_internet_route(subnet) => Some((behind, Place::from(named))),
            Egress::None => Some((unrouted, way.place)),
            _ => None,
        }
    }

    /// Returns `true` if packets from something that translates addresses certainly never get out through the next one: a NAT gateway
    /// must be in a public subnet, and no instance forwards packets to itself.
    fn is_circle(self, nat: &Resource, next: Nat<'a>) -> bool {
        match next {
            Nat::Gateway(_) => nat.kind == Kind::NatGateway,
            Nat::Instance(node) => {
                let next = self.resolve(&[Kind::Instances, Kind::NetworkInterface], node).known();
                next.is_some_and(|next| next.is(nat))
            }
        }
    }

    /// The NAT gateway through which packets from a subnet get to the internet, and the value that refers to its own subnet.
    pub fn nat_gateway_of(self, subnet: &Node) -> Option<(&'a Resource, &'a Node)> {
        let way = self.way_out(self.table_of(subnet)?, Family::Four)?;
        let Some(Nat::Gateway(node)) = way.nat else { return None };
        let gateway = self.resolve(&[Kind::NatGateway], node).known().filter(|nat| nat.is_declared())?;
        Some((gateway, gateway.request.get("SubnetId")?))
    }

    /// The instance through which packets from a subnet get to the internet.
    pub fn nat_instance_of(self, subnet: &Node) -> Option<&'a Resource> {
        let way = self.way_out(self.table_of(subnet)?, Family::Four)?;
        let Some(Nat::Instance(node)) = way.nat else { return None };
        self.resolve(&[Kind::Instances], node).known().filter(|instance| instance.is_declared())
    }

    /// Returns `true` if some route table in the unit of a subnet leads to an internet gateway, so that another subnet
    /// would be right.
    fn has_internet_route(self, subnet: &'a Resource) -> bool {
        let mut tables = self.in_unit_of(subnet, Kind::RouteTable);
        tables
            .any(|table| self.way_out(table, Family::Four).is_some_and(|way| way.egress == Egress::Internet))
    }

    /// A route through a NAT gateway by which private subnets reach the internet.
    pub fn nat_route(self, from: &Resource) -> Option<Place> {
        let near = |resource: &&Resource| knows(resource, from);
        let apart = self.of(Kind::Route).filter(near).map(|route| self.view(route));
        let tables = self.of(Kind::RouteTable).filter(near);
        let mut routes = apart.chain(tables.flat_map(|table| self.view(table).list("Routes").objects()));
        routes.find(|route| is_default(*route) && route.entry("NatGatewayId").is_some()).map(View::place)
    }
}
