//! What security groups let through: whether a packet to a TCP port is certainly dropped.

use std::ops::RangeInclusive;

use crate::model::reference::ref_kind;
use crate::model::{Link, Project};
use crate::resource::{Kind, RefKind, Resource};
use crate::value::{Node, NodeKind, Unknown};
use crate::view::{List, Value, View};

/// Which way a rule of a security group lets packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To what the group protects.
    Ingress,
    /// From it.
    Egress,
}

/// The security groups of one end of a connection: all of them, each with all its rules.
#[derive(Clone, Debug)]
pub struct SecurityGroupSet<'a> {
    groups: Vec<&'a Resource>,
}

/// A rule of a group that lets nothing of what is asked about through.
#[derive(Clone, Copy, Debug)]
pub struct BlockedBy<'a> {
    /// The security group.
    pub group: &'a Resource,
    /// The rule that comes nearest to what would be needed, if the group has one of that way.
    pub nearest: Option<View<'a>>,
}

impl<'a> SecurityGroupSet<'a> {
    /// The groups.
    pub fn groups(&self) -> &[&'a Resource] {
        &self.groups
    }
}

impl<'a> Project<'a> {
    /// The security groups that a list names, if these are all, and nothing but the files gives them rules.
    pub fn security_group_set(self, list: List<'a>) -> Option<SecurityGroupSet<'a>> {
        let find = |node: &&'a Node| self.resolve(&[Kind::SecurityGroup], node).known();
        let groups: Option<Vec<&Resource>> = list.counted()?.iter().map(find).collect();
        groups.filter(|groups| !groups.is_empty()).map(|groups| SecurityGroupSet { groups })
    }

    /// The security groups of what instances are launched from, by the same measure.
    pub fn security_groups_of_instances(self, source: &'a Resource) -> Option<SecurityGroupSet<'a>> {
        let view = self.view(source);
        let interfaces = view.list("NetworkInterfaces");
        match interfaces.counted()?.as_slice() {
            [] => self.security_group_set(view.list("SecurityGroupIds")),
            [_] => self.security_group_set(interfaces.objects().next()?.list("Groups")),
            _ => None,
        }
    }

    /// What bars packets to all of some TCP ports, if they are certainly barred: one item a group, for all groups' rules
    /// add up.
    pub fn blocked_by(
        self,
        ours: &SecurityGroupSet<'a>,
        way: Direction,
        ports: RangeInclusive<i64>,
        other: &SecurityGroupSet<'a>,
    ) -> Option<Vec<BlockedBy<'a>>> {
        let bars = |group: &&'a Resource| {
            let rules = self.rules_of(group, way)?;
            let mut nearest = None;
            for rule in rules {
                if self.may_pass(rule, &ports, group, other) {
                    return None;
                }
                nearest = nearest.or(Some(rule));
            }
            Some(BlockedBy { group, nearest })
        };
        ours.groups.iter().map(bars).collect()
    }

    /// All rules of a group in one direction; none where there may be others. A group of which the files tell no rule at
    /// all gets its rules from somewhere else.
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
        let kinds = [Kind::SecurityGroupRule, Kind::IngressRule, Kind::EgressRule];
        for rule in kinds.into_iter().flat_map(|kind| self.in_unit_of(group, kind)) {
            let named = rule.request.get("GroupId")?;
            let of = self.resolve(&[Kind::SecurityGroup], named);
            is_kept |= of.known().is_some_and(|of| of.is(group));
            match of {
                Link::To(of) if of.is(group) => match direction(rule, self.view(rule)) {
                    Some(its) if its == way => {
                        rules.push(self.view(rule));
                    }
                    Some(_) => {}
                    None => return None,
                },
                Link::To(_) => {}
                Link::Unknown | Link::None if is_certainly_elsewhere(named) => {}
                Link::Unknown | Link::None => return None,
            }
        }
        is_kept.then_some(rules)
    }

    /// Whether a rule may let a packet to one of the ports through, as far as is known.
    fn may_pass(
        self,
        rule: View<'a>,
        ports: &RangeInclusive<i64>,
        group: &'a Resource,
        other: &SecurityGroupSet<'a>,
    ) -> bool {
        let by_port = match rule.scalar("IpProtocol") {
            Value::Known("tcp" | "6" | "TCP", _) => {
                let low = rule.int("FromPort").known().is_none_or(|low| low <= *ports.end());
                let high = rule.int("ToPort").known().is_none_or(|high| high >= *ports.start());
                low && high
            }
            Value::Known("udp" | "17" | "icmp" | "1" | "icmpv6" | "58" | "UDP" | "ICMP", _) => false,
            _ => true,
        };
        by_port && self.may_be_of(rule, group, other)
    }

    /// Whether a rule may be about packets of or to the other party. Addresses may be anybody's.
    fn may_be_of(self, rule: View<'a>, group: &'a Resource, other: &SecurityGroupSet<'a>) -> bool {
        let is_some = |key: &str| match rule.any(key) {
            Value::Known(value, _) => {
                value.node.as_array().is_none_or(|array| !array.items.is_empty())
                    || !value.items().is_complete()
            }
            Value::Unknown(_) => true,
            Value::Missing => false,
        };
        if ["IpRanges", "Ipv6Ranges", "PrefixListIds"].iter().any(|key| is_some(key)) {
            return true;
        }
        let mut is_about_someone = false;
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

/// The values that name the security groups a rule is about: one, a list, or AWS's list of pairs.
fn sources(rule: View<'_>) -> Option<Vec<&Node>> {
    let Some(entry) = rule.entry("UserIdGroupPairs") else {
        return rule.any("UserIdGroupPairs").is_missing().then(Vec::new);
    };
    if entry.value.as_array().is_none() {
        return Some(vec![&entry.value]);
    }
    let items = rule.list("UserIdGroupPairs").counted()?;
    Some(items.into_iter().map(|item| item.get("GroupId").unwrap_or(item)).collect())
}

/// Which way a rule lets packets: its kind says so, or its `Type` does.
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

/// Whether a value that leads to no security group of the files is certainly one of another place: what a module gives
/// that was not told of ours, or the group of another kind of resource.
fn is_certainly_elsewhere(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Unknown(Unknown::Attribute { of, .. }) => {
            !of.is_data() && ref_kind(of) != Some(RefKind::Request(Kind::SecurityGroup))
        }
        NodeKind::Unknown(Unknown::Output { .. }) => true,
        _ => false,
    }
}
