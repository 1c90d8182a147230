//! Subnets in which packets to the internet get nowhere.

use crate::diagnostic::Place;
use crate::model::links::addresses::Family;
use crate::model::{Egress, Project, SubnetExposure};
use crate::value::Node;

/// A subnet without a way out for something in it.
#[derive(Clone, Copy, Debug)]
pub struct Stranded {
    /// The place of the value that names the subnet.
    pub subnet: Place,
    /// Where its route table is associated with it.
    pub table: Option<Place>,
    /// The place of the route, or of what lacks one.
    pub proof: Place,
    /// Why there is no way out.
    pub lack: Lack,
    /// The gateway that is a way out of a private subnet.
    pub gateway: &'static str,
}

/// What is missing on the way out of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A public address, which an internet gateway requires, with the place to change.
    Address(Place),
    /// A route to the internet, as the egress of the subnet says.
    Route(Egress),
}

impl Stranded {
    /// Returns `true` if packets get to private addresses outside of the VPC, where endpoints for AWS services may be.
    pub fn reaches_private(&self) -> bool {
        self.lack == Lack::Route(Egress::Inner)
    }

    /// Returns `true` if only a public address is missing.
    pub fn is_public(&self) -> bool {
        matches!(self.lack, Lack::Address(_))
    }

    /// Describes in a label why there is no way out.
    pub fn says(&self) -> &'static str {
        match self.lack {
            Lack::Address(_) => {
                "its default route leads to an internet gateway, which requires public IP addresses"
            }
            Lack::Route(egress) => egress.why_nowhere(),
        }
    }

    /// The labels of the subnet, which messages call by `name`, and of what keeps packets in it.
    pub fn labels(&self, name: &'static str) -> impl Iterator<Item = (Place, &'static str)> {
        let table = self.table.map(|table| (table, "the route table of this subnet"));
        [(self.subnet, name), (self.proof, self.says())].into_iter().chain(table)
    }
}

impl<'a> Project<'a> {
    /// Why packets from something in a subnet to the internet get nowhere. `no_address` is the place that leaves it without a public
    /// address, if it certainly has none.
    pub fn stranded(self, subnet: &'a Node, no_address: impl FnOnce() -> Option<Place>) -> Option<Stranded> {
        let SubnetExposure::Routed(egress, proof) = self.exposure(subnet) else { return None };
        let family = self.subnet_of(subnet).known().map_or(Family::Four, |subnet| self.family_of(subnet));
        // Every IPv6 address is public.
        let has_other = || {
            let way = self.table_of(subnet).and_then(|table| self.way_out(table, Family::Six));
            family != Family::Four && way.is_none_or(|way| !way.egress.is_nowhere())
        };
        let lack = match egress {
            Egress::Internet if has_other() => return None,
            Egress::Internet => Lack::Address(no_address()?),
            egress if egress.is_nowhere() || egress == Egress::Inner => Lack::Route(egress),
            _ => return None,
        };
        let gateway = if family == Family::Six { "an egress-only internet gateway" } else { "a NAT gateway" };
        let table = self.table_reference(subnet);
        Some(Stranded { subnet: Place::from(subnet), table, proof, lack, gateway })
    }
}
