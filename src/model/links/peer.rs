//! Routes between VPCs.

use crate::diagnostic::Place;
use crate::model::{Egress, Project, SubnetExposure, Vpc};
use crate::resource::{Kind, Resource};
use crate::value::Node;

/// A subnet that has no route to another VPC.
#[derive(Clone, Debug)]
pub struct Unrouted {
    /// The place of its route table, or of itself if it has none.
    pub place: Place,
    /// The other VPC.
    pub to: Vpc,
    /// The direction in which packets get lost.
    pub way: Way,
}

/// The direction of packets of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From what opens the connection.
    There,
    /// Back to it.
    Back,
}

impl<'a> Project<'a> {
    /// Why connections from some subnets to something in one of some subnets of another VPC certainly fail; `None` if they may not, or if
    /// all subnets are in one VPC.
    pub fn unrouted(self, from: &[&'a Node], to: &[&'a Node]) -> Option<Unrouted> {
        let (ours, theirs) = (self.vpc_made_for(from)?, self.vpc_made_for(to)?);
        if ours.is(theirs) || !to.iter().all(|subnet| self.is_private(subnet)) {
            return None;
        }
        let lost_there = |subnet: &&&'a Node| self.lost(&[**subnet], to, theirs, Way::There);
        let lost_back = |subnet: &&&'a Node| self.lost(to, &[**subnet], ours, Way::Back);
        from.iter()
            .find_map(|subnet| lost_there(&subnet))
            .or_else(|| from.iter().find_map(|subnet| lost_back(&subnet)))
    }

    /// Why packets from all of some subnets certainly do not get to some other subnets.
    fn lost(self, from: &[&'a Node], to: &[&Node], vpc: &Resource, way: Way) -> Option<Unrouted> {
        let networks = self.networks(to)?;
        let place = |named: &&'a Node| {
            let subnet = self.subnet_of(named).known()?;
            if self.is_unrouted(subnet) {
                return Some(Place::header(subnet));
            }
            let table = self.table_of(named)?;
            self.leads_nowhere(table, &networks).then(|| Place::header(table))
        };
        let places: Option<Vec<Place>> = from.iter().map(place).collect();
        let to = Vpc::Made(vpc.address.clone()?);
        Some(Unrouted { place: places?.first().copied()?, to, way })
    }

    /// Returns `true` if a subnet certainly has no route to an internet gateway, so that everything in it has only a private address.
    fn is_private(self, subnet: &Node) -> bool {
        matches!(self.exposure(subnet), SubnetExposure::Routed(egress, _) if egress != Egress::Internet)
    }

    /// The subnets of a group of them that a database refers to by its address or its name.
    pub(super) fn subnets_of_group(self, node: &Node, near: &Resource) -> Option<Vec<&'a Node>> {
        let group = self.named_near(Kind::SubnetGroup, node, near)?;
        self.view(group).list("SubnetIds").counted()
    }
}
