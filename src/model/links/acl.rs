//! Network ACL evaluation: whether packets through the boundary of a subnet are certainly dropped.

use std::ops::RangeInclusive;

use ipnet::IpNet;

use crate::diagnostic::Place;
use crate::model::links::addresses::{Family, contains, is_private, may_contain};
use crate::model::{Direction, Link, Project};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{Value, View};
use crate::workspace::Reference;

/// The other end of a packet's way, as the ACL of a subnet sees it.
#[derive(Clone, Copy, Debug)]
pub enum Remote<'n> {
    /// Any address on the internet.
    Internet,
    /// Some address in these networks.
    Networks(&'n [IpNet]),
}

/// A network ACL that drops packets.
#[derive(Clone, Copy, Debug)]
pub struct DroppedBy<'a> {
    /// The ACL.
    pub acl: &'a Resource,
    /// The entry that denies the packets; `None` if no entry allows them.
    pub entry: Option<View<'a>>,
}

impl DroppedBy<'_> {
    /// The place to change: the entry that denies the packets, or the ACL that needs another entry.
    pub fn place(&self) -> Place {
        self.entry.map_or(Place::header(self.acl), View::place)
    }
}

/// An entry of an ACL, with its number and whether it allows.
struct Entry<'a> {
    number: i64,
    allows: bool,
    view: View<'a>,
}

impl<'a> Project<'a> {
    /// The network ACL of a subnet; [`Link::None`] if it certainly has the default one of its VPC.
    pub fn acl_of(self, subnet: &Node) -> Link<&'a Resource> {
        let Some(subnet) = self.subnet_of(subnet).known() else { return Link::Unknown };
        if let Some(association) = self.referring_near(Reference::AssociatedAcl, subnet).next() {
            let named = association.request.get("NetworkAclId");
            return named.map_or(Link::Unknown, |named| self.resolve(&[Kind::NetworkAcl], named));
        }
        match self.referring_near(Reference::AclSubnet, subnet).next() {
            Some(acl) => Link::To(acl),
            None => Link::None,
        }
    }

    /// The ACL of a subnet that certainly drops packets to all of some TCP ports. `ports` are the destination ports of the
    /// packets, and `remote` is where they come from or go to.
    pub fn dropped_by(
        self,
        subnet: &Node,
        way: Direction,
        ports: &RangeInclusive<i64>,
        remote: Remote,
    ) -> Option<DroppedBy<'a>> {
        let acl = self.acl_of(subnet).known()?;
        let family = self.family_of(self.subnet_of(subnet).known()?);
        for entry in self.entries(acl, way)? {
            match matches(entry.view, ports, (remote, family)) {
                Match::No => {}
                Match::All if !entry.allows => return Some(DroppedBy { acl, entry: Some(entry.view) }),
                // A packet that an earlier entry denies in part is not certainly dropped.
                Match::Some if !entry.allows => {}
                Match::All | Match::Some => return None,
            }
        }
        Some(DroppedBy { acl, entry: None })
    }

    /// All entries of an ACL in one direction, in the order in which they apply; `None` if there may be others.
    fn entries(self, acl: &'a Resource, way: Direction) -> Option<Vec<Entry<'a>>> {
        let key = match way {
            Direction::Ingress => "IngressEntries",
            Direction::Egress => "EgressEntries",
        };
        let is_left = acl.ignores("IngressEntries") || acl.ignores("EgressEntries");
        let inline = self.view(acl).list(key);
        if is_left || !acl.is_declared() || !inline.is_complete() || self.has_opaque_refs(acl) {
            return None;
        }
        if !self.are_clear(Reference::AclEntry, acl.unit()) {
            return None;
        }
        let mut views: Vec<View> = inline.objects().collect();
        for entry in self.referring_near(Reference::AclEntry, acl) {
            let view = self.view(entry);
            let is_out = view.bool("Egress").or_default(false, view.place()).known()?;
            if is_out == (way == Direction::Egress) {
                views.push(view);
            }
        }
        let entry = |view: View<'a>| {
            let allows = match view.str("RuleAction").known()? {
                "allow" => true,
                "deny" => false,
                _ => return None,
            };
            Some(Entry { number: view.int("RuleNumber").known()?, allows, view })
        };
        let mut entries = views.into_iter().map(entry).collect::<Option<Vec<_>>>()?;
        entries.sort_by_key(|entry| entry.number);
        Some(entries)
    }
}

/// Which of some packets an entry applies to.
#[derive(Clone, Copy, PartialEq)]
enum Match {
    All,
    Some,
    No,
}

fn matches(entry: View, ports: &RangeInclusive<i64>, (remote, family): (Remote, Family)) -> Match {
    let by_port = match entry.scalar("Protocol") {
        Value::Known("-1" | "all", _) => Match::All,
        Value::Known("tcp" | "6", _) => by_ports(entry, ports),
        Value::Known("udp" | "17" | "icmp" | "1" | "icmpv6" | "58", _) => Match::No,
        _ => Match::Some,
    };
    match (by_port, by_address(entry, remote, family)) {
        (Match::No, _) | (_, Match::No) => Match::No,
        (Match::All, Match::All) => Match::All,
        _ => Match::Some,
    }
}

fn by_ports(entry: View, ports: &RangeInclusive<i64>) -> Match {
    let range = entry.object("PortRange").known();
    let bound = |key: &str| range.and_then(|range| range.int(key).known());
    let (Some(low), Some(high)) = (bound("From"), bound("To")) else { return Match::Some };
    match () {
        () if low > *ports.end() || high < *ports.start() => Match::No,
        () if low <= *ports.start() && high >= *ports.end() => Match::All,
        () => Match::Some,
    }
}

fn by_address(entry: View, remote: Remote, family: Family) -> Match {
    let (four, six) = (entry.entry("CidrBlock"), entry.entry("Ipv6CidrBlock"));
    let Some(range) = four.or(six).map(|entry| &entry.value) else { return Match::Some };
    match (remote, family) {
        (_, Family::Four) if four.is_none() => return Match::No,
        (_, Family::Six) if six.is_none() => return Match::No,
        (Remote::Internet, Family::Both) => return Match::Some,
        (Remote::Internet, Family::Six) if range.as_str() == Some("::/0") => return Match::All,
        _ => {}
    }
    match remote {
        Remote::Internet if range.as_str() == Some("0.0.0.0/0") => Match::All,
        Remote::Internet if is_private(range) => Match::No,
        Remote::Internet => Match::Some,
        Remote::Networks(networks) if networks.iter().all(|network| contains(range, network)) => Match::All,
        Remote::Networks(networks) if networks.iter().any(|network| may_contain(range, network)) => {
            Match::Some
        }
        Remote::Networks(_) => Match::No,
    }
}
