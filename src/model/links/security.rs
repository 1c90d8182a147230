//! Security group evaluation: whether packets to a TCP port are certainly dropped.

use std::ops::RangeInclusive;

use ipnet::IpNet;

use crate::address::Key;
use crate::diagnostic::Place;
use crate::model::links::addresses::{is_private, may_contain};
use crate::model::reference::ref_kind;
use crate::model::{Link, Project, Service};
use crate::resource::{Kind, RefKind, Resource};
use crate::value::{Entry, Node, NodeKind, Unknown};
use crate::view::{List, Value, View};
use crate::workspace::Reference;

/// The direction of a security group rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Traffic to the resources in the group.
    Ingress,
    /// Traffic from them.
    Egress,
}

/// One end of a connection: all its security groups, each with all its rules, and its addresses.
#[derive(Clone, Debug)]
pub struct SecurityGroupSet<'a> {
    groups: Vec<&'a Resource>,
    /// Where it is shown that the only group is the default one of a VPC, which allows traffic within the group, and all traffic out.
    default: Option<Place>,
    /// The networks that contain its addresses; `None` if they are unknown.
    networks: Option<Vec<IpNet>>,
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub enum Peer<'s, 'a> {
    /// Something with these security groups.
    Groups(&'s SecurityGroupSet<'a>),
    /// An address on the internet.
    Internet,
    /// The public addresses of an AWS service, such as `s3`.
    Service(&'s str),
    /// Anything anywhere.
    Anything,
}

/// A security group without a rule that allows the traffic.
#[derive(Clone, Copy, Debug)]
pub struct BlockedBy<'a> {
    /// The place of the security group, or of what has only the default group of its VPC.
    pub group: Place,
    /// Whether it is the default group.
    pub is_default: bool,
    /// The rule of that direction that comes closest to allowing the traffic, if there is one.
    pub nearest: Option<Nearest<'a>>,
}

/// A rule that allows other traffic.
#[derive(Clone, Copy, Debug)]
pub enum Nearest<'a> {
    /// It allows the ports for another peer, and is the only rule.
    OnlyOtherPeer(View<'a>),
    /// It allows the ports for another peer.
    OtherPeer(View<'a>),
    /// It allows other ports for the peer, as the member at this place says.
    OtherPorts(View<'a>, Place),
    /// It allows something else.
    Other(View<'a>),
}

impl<'a> Nearest<'a> {
    /// The rule.
    pub fn rule(self) -> View<'a> {
        match self {
            Nearest::OnlyOtherPeer(rule)
            | Nearest::OtherPeer(rule)
            | Nearest::OtherPorts(rule, _)
            | Nearest::Other(rule) => rule,
        }
    }
}

/// The member of a rule that says who the other end is.
fn peer(rule: View<'_>) -> Option<&Entry> {
    ["IpRanges", "UserIdGroupPairs", "Ipv6Ranges", "PrefixListIds", "Self"]
        .iter()
        .find_map(|key| rule.entry(key))
}

impl BlockedBy<'_> {
    /// The place to change: the group that needs another rule, or the peer of its only rule.
    pub fn place(&self) -> Place {
        match self.nearest {
            Some(Nearest::OnlyOtherPeer(_)) => self.near_place().unwrap_or(self.group),
            Some(Nearest::OtherPeer(_) | Nearest::OtherPorts(..) | Nearest::Other(_)) | None => self.group,
        }
    }

    /// The value of the nearest rule by which it does not allow the traffic.
    pub fn near_place(&self) -> Option<Place> {
        match self.nearest? {
            Nearest::OnlyOtherPeer(rule) | Nearest::OtherPeer(rule) => {
                Some(peer(rule).map_or(rule.place(), |entry| Place::from(&entry.value)))
            }
            Nearest::OtherPorts(_, member) => Some(member),
            Nearest::Other(_) => None,
        }
    }
}

impl<'a> SecurityGroupSet<'a> {
    /// The security groups.
    pub fn groups(&self) -> &[&'a Resource] {
        &self.groups
    }

    /// The end that has only the default group of its VPC, which the place shows.
    pub fn of_default_group(place: Place) -> SecurityGroupSet<'a> {
        SecurityGroupSet { groups: Vec::new(), default: Some(place), networks: None }
    }

    /// An end without security groups.
    pub fn none() -> SecurityGroupSet<'a> {
        SecurityGroupSet { groups: Vec::new(), default: None, networks: None }
    }

    /// The same end with the networks that contain its addresses, as packets to the other end show them.
    #[must_use]
    pub fn within(self, networks: Option<Vec<IpNet>>) -> SecurityGroupSet<'a> {
        SecurityGroupSet { networks, ..self }
    }
}

impl<'a> Service<'a> {
    /// The security groups and the addresses of its tasks; `None` unless all groups are known.
    pub fn security_group_set(self) -> Option<SecurityGroupSet<'a>> {
        self.interface()?.security_group_set()
    }
}

impl<'a> Project<'a> {
    /// The security groups in a list; `None` unless all are known and all their rules are in the files.
    pub fn security_group_set(self, list: List<'a>) -> Option<SecurityGroupSet<'a>> {
        let find = |node: &&'a Node| self.resolve(&[Kind::SecurityGroup], node).known();
        let groups: Option<Vec<&Resource>> = list.counted()?.iter().map(find).collect();
        groups.filter(|groups| !groups.is_empty()).map(|groups| SecurityGroupSet {
            groups,
            default: None,
            networks: None,
        })
    }

    /// The security groups of instances launched from a resource, under the same conditions.
    pub fn security_groups_of_instances(self, source: &'a Resource) -> Option<SecurityGroupSet<'a>> {
        let view = self.view(source);
        let interfaces = view.list("NetworkInterfaces");
        match interfaces.counted()?.as_slice() {
            [] => self.security_group_set(view.list("SecurityGroupIds")),
            [_] => self.security_group_set(interfaces.objects().next()?.list("Groups")),
            _ => None,
        }
    }

    /// What blocks connections to all of some TCP ports, if they are certainly blocked, and in which direction. One of the ends `to`
    /// may be meant; the connection is blocked if it is blocked for all of them.
    pub fn severed(
        self,
        from: Peer<'_, 'a>,
        to: &[SecurityGroupSet<'a>],
        ports: &RangeInclusive<i64>,
    ) -> Option<(Vec<BlockedBy<'a>>, Direction)> {
        let into = |to: &SecurityGroupSet<'a>| self.blocked_by(to, Direction::Ingress, ports.clone(), from);
        if let Some(bars) = to.iter().map(into).collect::<Option<Vec<_>>>() {
            return Some((bars.concat(), Direction::Ingress));
        }
        let Peer::Groups(from) = from else { return None };
        let out = |to: &SecurityGroupSet<'a>| {
            self.blocked_by(from, Direction::Egress, ports.clone(), Peer::Groups(to))
        };
        let bars = to.iter().map(out).collect::<Option<Vec<_>>>()?;
        Some((bars.into_iter().next()?, Direction::Egress))
    }

    /// What blocks packets to all of some TCP ports, if they are certainly blocked: one item for each group, because
    /// traffic is allowed if any group allows it.
    pub fn blocked_by(
        self,
        ours: &SecurityGroupSet<'a>,
        way: Direction,
        ports: RangeInclusive<i64>,
        other: Peer<'_, 'a>,
    ) -> Option<Vec<BlockedBy<'a>>> {
        if let Some(group) = ours.default {
            let is_within = match other {
                Peer::Groups(set) => set.default.is_some(),
                Peer::Internet | Peer::Service(_) | Peer::Anything => false,
            };
            let bar = BlockedBy { group, is_default: true, nearest: None };
            return (way == Direction::Ingress && !is_within).then(|| vec![bar]);
        }
        if ours.groups.is_empty() {
            return None;
        }
        let bars = |group: &&'a Resource| {
            let mut nearest = [None; 3];
            let rules = self.rules_of(group, way)?;
            for rule in &rules {
                let rule = *rule;
                let by_peer = || match other {
                    Peer::Groups(set) => self.may_be_of(rule, group, set),
                    Peer::Internet => {
                        self.may_have_list_for(rule, None)
                            || may_be_of_internet(rule, ours.networks.as_deref())
                    }
                    Peer::Service(name) => {
                        self.may_have_list_for(rule, Some(name))
                            || may_be_of_internet(rule, ours.networks.as_deref())
                    }
                    Peer::Anything => true,
                };
                let (step, near) = match (excludes(rule, &ports), by_peer()) {
                    (None, true) => return None,
                    (None, false) if rules.len() == 1 => (0, Nearest::OnlyOtherPeer(rule)),
                    (None, false) => (0, Nearest::OtherPeer(rule)),
                    (Some(member), true) => (1, Nearest::OtherPorts(rule, member)),
                    (Some(_), false) => (2, Nearest::Other(rule)),
                };
                nearest[step] = nearest[step].or(Some(near));
            }
            let nearest = nearest.into_iter().flatten().next();
            Some(BlockedBy { group: Place::header(group), is_default: false, nearest })
        };
        ours.groups.iter().map(bars).collect()
    }

    /// All rules of a group in one direction; `None` if there may be others.
    fn rules_of(self, group: &'a Resource, way: Direction) -> Option<Vec<View<'a>>> {
        let key = match way {
            Direction::Ingress => "IpPermissions",
            Direction::Egress => "IpPermissionsEgress",
        };
        let view = self.view(group);
        let is_left = group.ignores(key);
        let is_told = group.is_declared() || view.entry(key).is_some();
        let inline = view.list(key);
        if is_left || !is_told || !inline.is_complete() || self.has_opaque_refs(group) {
            return None;
        }
        let mut is_kept =
            ["IpPermissions", "IpPermissionsEgress"].iter().any(|key| view.entry(key).is_some());
        let mut rules: Vec<View> = inline.objects().collect();
        for reference in [Reference::GroupRule, Reference::IngressRule, Reference::EgressRule] {
            let is_elsewhere =
                |rule: &Resource| rule.request.get("GroupId").is_some_and(is_certainly_elsewhere);
            let is_without = !self.workspace.references(reference).without(group.unit()).is_empty();
            if is_without || !self.unclear(reference, group.unit()).all(is_elsewhere) {
                return None;
            }
            for rule in self.referring_near(reference, group) {
                is_kept = true;
                if direction(rule, self.view(rule))? == way {
                    rules.push(self.view(rule));
                }
            }
        }
        // A group without any rule in the files gets its rules elsewhere, unless these files create its whole network.
        let is_of_own_vpc = || self.vpc_of(group).is_some_and(|home| home.vpc.root() == Some(group.unit()));
        (is_kept || is_of_own_vpc() && !self.calls_unread_modules(group.unit())).then_some(rules)
    }

    /// Returns `true` if a rule may apply to the other end.
    fn may_be_of(self, rule: View<'a>, group: &'a Resource, other: &SecurityGroupSet<'a>) -> bool {
        let is_some = |key: &str| match rule.any(key) {
            Value::Known(value, _) => {
                value.node.as_array().is_none_or(|array| !array.items.is_empty())
                    || !value.items().is_complete()
            }
            Value::Unknown(_) => true,
            Value::Missing => false,
        };
        // The files do not always show that something has no IPv6 address.
        if is_some("Ipv6Ranges") && !other.networks.as_deref().is_some_and(|all| excludes_six(rule, all)) {
            return true;
        }
        let mut is_about_someone = is_some("Ipv6Ranges");
        if is_some("PrefixListIds") {
            is_about_someone = true;
            if self.gateway_lists(rule).is_none() {
                return true;
            }
        }
        if is_some("IpRanges") {
            is_about_someone = true;
            let ranges = rule.entry("IpRanges").map(|entry| &entry.value);
            let Some(networks) = &other.networks else { return true };
            if ranges.is_none_or(|ranges| networks.iter().any(|network| may_contain(ranges, network))) {
                return true;
            }
        }
        if !matches!(rule.bool("Self"), Value::Missing | Value::Known(false, _)) {
            is_about_someone = true;
            if other.groups.iter().any(|known| known.is(group)) {
                return true;
            }
        }
        let Some(sources) = sources(rule) else { return true };
        let may_be = |node: &Node| match self.resolve(&[Kind::SecurityGroup], node) {
            Link::To(source) => other.groups.iter().any(|known| known.is(source)),
            Link::Unknown | Link::None => true,
        };
        sources.iter().any(|node| may_be(node)) || (sources.is_empty() && !is_about_someone)
    }
}

/// The place of the member by which a rule certainly is for none of some TCP ports.
fn excludes(rule: View, ports: &RangeInclusive<i64>) -> Option<Place> {
    match rule.scalar("IpProtocol") {
        Value::Known("tcp" | "6" | "TCP", _) => {
            let above = rule.int("FromPort").known_at().filter(|(low, _)| low > ports.end());
            let below = || rule.int("ToPort").known_at().filter(|(high, _)| high < ports.start());
            above.or_else(below).map(|(_, place)| place)
        }
        Value::Known("udp" | "17" | "icmp" | "1" | "icmpv6" | "58" | "UDP" | "ICMP", place) => Some(place),
        _ => None,
    }
}

/// Returns `true` if a rule may apply to an address on the internet: groups and private ranges have other addresses.
fn may_be_of_internet(rule: View, from: Option<&[IpNet]>) -> bool {
    let others = !rule.is_missing("Ipv6Ranges");
    let has_only_six = from.is_some_and(|networks| networks.iter().all(is_six));
    let ranges = rule.entry("IpRanges").is_some_and(|entry| !is_private(&entry.value)) && !has_only_six;
    others || ranges || (peer(rule).is_none() && rule.is_missing("PrefixListIds"))
}

/// Returns `true` if something in some networks, which all are of IPv6, certainly has no address in the IPv6 ranges of a rule.
fn excludes_six(rule: View, networks: &[IpNet]) -> bool {
    let Some(ranges) = rule.entry("Ipv6Ranges").map(|entry| &entry.value) else { return false };
    networks.iter().all(|network| is_six(network) && !may_contain(ranges, network))
}

fn is_six(network: &IpNet) -> bool {
    matches!(network, IpNet::V6(_))
}

/// The values that refer to a rule's security groups: a single value, a list, or the list of pairs of the AWS API.
fn sources(rule: View<'_>) -> Option<Vec<&Node>> {
    let Some(entry) = rule.entry("UserIdGroupPairs") else {
        return rule.is_missing("UserIdGroupPairs").then(Vec::new);
    };
    if entry.value.as_array().is_none() {
        return Some(vec![&entry.value]);
    }
    let items = rule.list("UserIdGroupPairs").counted()?;
    Some(items.into_iter().map(|item| item.get("GroupId").unwrap_or(item)).collect())
}

/// The direction of a rule, from its kind or its `Type`.
fn direction(rule: &Resource, view: View) -> Option<Direction> {
    match rule.kind {
        Kind::IngressRule => Some(Direction::Ingress),
        Kind::EgressRule => Some(Direction::Egress),
        _ => match view.str("Type").known()? {
            "ingress" => Some(Direction::Ingress),
            "egress" => Some(Direction::Egress),
            _ => None,
        },
    }
}

/// Returns `true` if a value that does not refer to a known security group certainly refers to another one: an output
/// of a module that does not receive ours, or the group of another kind of resource.
fn is_certainly_elsewhere(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Unknown(Unknown::Attribute { of, .. }) => {
            !of.is_data() && ref_kind(of) != Some(RefKind::Request(Kind::SecurityGroup))
        }
        // An instance of a module that is read can be meant if its key is unknown.
        NodeKind::Unknown(Unknown::Output { module, .. }) => {
            module.path.steps().iter().all(|step| step.key != Some(Key::Unknown))
        }
        _ => false,
    }
}
