//! NAT gateways that do not reach the internet themselves.

use crate::diagnostic::Place;
use crate::model::{Egress, Project};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::Value;

/// Why a NAT gateway does not reach the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatFault {
    /// It connects private networks only.
    Private,
    /// The default route of its own subnet leads to a NAT gateway.
    InPrivateSubnet,
    /// Its own subnet has no default route.
    WithoutRoute,
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
        }
    }
}

impl<'a> Project<'a> {
    /// Why a NAT gateway does not reach the internet, and the place to change.
    pub(super) fn nat_fault(self, nat: &Node) -> Option<(NatFault, Place)> {
        let nat = self.resolve(&[Kind::NatGateway], nat).known().filter(|nat| nat.is_declared())?;
        let view = self.view(nat);
        if let Value::Known("private", place) = view.str("ConnectivityType") {
            return Some((NatFault::Private, place));
        }
        let named = &view.entry("SubnetId")?.value;
        let subnet = self.subnet_of(named).known()?;
        if self.is_unrouted(subnet) {
            return Some((NatFault::WithoutRoute, Place::from(subnet.header)));
        }
        let [table] = self.route_tables(subnet)?.try_into().ok()?;
        let way = self.way_out(table)?;
        match way.egress {
            // Another kind of gateway may lead to the internet.
            Egress::Private if way.nat.is_some() => Some((NatFault::InPrivateSubnet, Place::from(named))),
            Egress::None if self.has_internet_route(subnet) => {
                Some((NatFault::InPrivateSubnet, Place::from(named)))
            }
            Egress::None => Some((NatFault::WithoutRoute, way.place)),
            _ => None,
        }
    }

    /// Returns `true` if some route table in the unit of a subnet leads to an internet gateway, so that another subnet
    /// would be right.
    fn has_internet_route(self, subnet: &'a Resource) -> bool {
        let mut tables = self.in_unit_of(subnet, Kind::RouteTable);
        tables.any(|table| self.way_out(table).is_some_and(|way| way.egress == Egress::Internet))
    }
}
