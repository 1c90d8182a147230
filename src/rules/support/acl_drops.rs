//! The packets of connections that network ACLs drop, and the findings about them.

use std::ops::RangeInclusive;

use super::prelude::*;
use super::security_groups::spelled;
use crate::model::{Direction, DroppedBy, Remote};
use crate::value::Node;

/// One end of a connection.
#[derive(Clone, Copy)]
pub enum End<'s, 'a> {
    /// Something in each of some subnets.
    Each(&'s [&'a Node]),
    /// Something in one of some subnets.
    One(&'s [&'a Node]),
    /// Something in one of some subnets, whose own ACLs see other addresses.
    Far(&'s [&'a Node]),
    /// The internet.
    Internet,
}

/// A connection that something opens, with the ports at both ends.
pub struct Connection<'s, 'a> {
    /// What opens it.
    pub from: End<'s, 'a>,
    /// What it is opened to.
    pub to: End<'s, 'a>,
    /// The ports of what opens it.
    pub from_ports: RangeInclusive<i64>,
    /// The ports that it is opened to.
    pub to_ports: RangeInclusive<i64>,
}

/// Something that needs a connection.
#[derive(Clone, PartialEq)]
pub struct Use {
    /// The place that shows it.
    pub place: Place,
    /// Its label.
    pub says: String,
    /// Who fails without it.
    pub harms: Harm,
}

/// Who fails without a connection.
#[derive(Clone, Copy, PartialEq)]
pub enum Harm {
    /// Tasks, which do not start or do not become healthy.
    Tasks,
    /// Only clients from outside.
    Clients,
}

/// Packets that an ACL drops, and what needs them.
struct Drop<'a> {
    by: DroppedBy<'a>,
    subnet: Place,
    way: Direction,
    ports: RangeInclusive<i64>,
    uses: Vec<Use>,
}

/// All packets that ACLs drop.
#[derive(Default)]
pub struct Drops<'a> {
    all: Vec<Drop<'a>>,
}

impl<'s, 'a> End<'s, 'a> {
    /// The sets of subnets such that a connection needs something in one of each set; `None` for the internet.
    fn sets(self) -> Option<Vec<&'s [&'a Node]>> {
        match self {
            End::Each(subnets) => Some(subnets.chunks(1).collect()),
            End::One([]) | End::Far([]) => Some(Vec::new()),
            End::One(subnets) | End::Far(subnets) => Some(vec![subnets]),
            End::Internet => None,
        }
    }

    /// The sets of subnets whose ACLs see the connection.
    fn checked(self) -> Vec<&'s [&'a Node]> {
        let is_far = matches!(self, End::Far(_));
        self.sets().filter(|_| !is_far).unwrap_or_default()
    }
}

impl<'a> Drops<'a> {
    /// Records the packets of a connection that ACLs drop: its requests, and the responses.
    pub fn of(&mut self, project: &Project<'a>, connection: &Connection<'_, 'a>, uses: &[Use]) {
        let Connection { from, to, from_ports, to_ports } = connection;
        for (end, other, out, into) in [(from, to, to_ports, from_ports), (to, from, from_ports, to_ports)] {
            for subnets in end.checked() {
                for (way, ports) in [(Direction::Egress, out), (Direction::Ingress, into)] {
                    let Some((by, subnet)) = dropped(project, subnets, *other, (way, ports)) else {
                        continue;
                    };
                    self.all.push(Drop { by, subnet, way, ports: ports.clone(), uses: uses.to_vec() });
                }
            }
        }
    }

    /// Returns one finding for each ACL and direction.
    pub fn findings(self) -> Vec<Finding> {
        let mut grouped: Vec<Vec<Drop>> = Vec::new();
        for drop in self.all {
            let same = |group: &&mut Vec<Drop>| {
                group.iter().all(|known| known.by.place() == drop.by.place() && known.way == drop.way)
            };
            match grouped.iter_mut().find(same) {
                Some(group) => group.push(drop),
                None => grouped.push(vec![drop]),
            }
        }
        grouped.iter().filter_map(|group| finding(group)).collect()
    }
}

/// The ACL that drops packets between all of some subnets and the other end, and the first of the subnets.
fn dropped<'a>(
    project: &Project<'a>,
    subnets: &[&'a Node],
    other: End<'_, 'a>,
    (way, ports): (Direction, &RangeInclusive<i64>),
) -> Option<(DroppedBy<'a>, Place)> {
    let by = |remote: Remote| -> Option<Vec<DroppedBy<'a>>> {
        subnets.iter().map(|subnet| project.dropped_by(subnet, way, ports, remote)).collect()
    };
    // An ACL does not apply to traffic within a subnet.
    let is_other =
        |others: &&[&Node]| !others.iter().any(|other| subnets.iter().any(|subnet| subnet.is_same(other)));
    let by = match other.sets() {
        None => by(Remote::Internet),
        Some(sets) => sets
            .into_iter()
            .filter(is_other)
            .find_map(|others| by(Remote::Networks(&project.networks(others)?))),
    };
    Some((*by?.first()?, Place::from(*subnets.first()?)))
}

fn finding(drops: &[Drop]) -> Option<Finding> {
    let first = drops.first()?;
    let mut ports: Vec<String> = drops.iter().map(|drop| spelled(&drop.ports)).collect();
    ports.sort();
    ports.dedup();
    let (direction, ports) = (
        match first.way {
            Direction::Ingress => "inbound",
            Direction::Egress => "outbound",
        },
        ports.join(" and "),
    );
    let uses = unique(drops.iter().flat_map(|drop| drop.uses.clone()));
    let subnets = unique(drops.iter().map(|drop| drop.subnet));
    let reason = first.by.entry.map(|_| (Place::header(first.by.acl), "the network ACL of the subnets"));
    let message = format!("the network ACL does not allow {direction} TCP packets to {ports}");
    let help =
        format!("allow {direction} TCP packets to {ports}, because network ACLs do not remember connections");
    let is_for_clients = uses.iter().all(|it| it.harms == Harm::Clients);
    let finding = Finding::at(first.by.place(), message)
        .labels(reason)
        .labels(uses.into_iter().map(|it| (it.place, it.says)))
        .labels(subnets.into_iter().map(|subnet| (subnet, "the network ACL applies to this subnet")))
        .help(help);
    // The tasks become healthy all the same.
    Some(if is_for_clients { finding.warning() } else { finding })
}

fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.fold(Vec::new(), |mut all, item| {
        if !all.contains(&item) {
            all.push(item);
        }
        all
    })
}
