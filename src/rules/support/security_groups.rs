//! How findings about security groups show what blocks a connection.

use std::ops::RangeInclusive;

use smol_str::SmolStr;

use super::prelude::*;
use crate::model::{BlockedBy, Direction, HTTPS, Origin, Peer, Resource, SecurityGroupSet};
use crate::value::Node;

/// The place to change: traffic is allowed if any of the groups allows it, so the first one is as good as the others.
pub fn place(bars: &[BlockedBy]) -> Option<Place> {
    bars.first().map(BlockedBy::place)
}

/// The labels of the groups and of the rules that nearly allow the traffic; `owner` is what has the groups.
pub fn labels(bars: &[BlockedBy], way: Direction, owner: &str) -> Vec<(Place, String)> {
    let direction = match way {
        Direction::Ingress => "inbound",
        Direction::Egress => "outbound",
    };
    let mut found = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        let group = match bar.nearest {
            None if bar.is_default => {
                format!(
                    "only the default security group of the VPC applies to {owner}, which allows only traffic within the group"
                )
            }
            Some(_) => format!("no rule of this security group of {owner} allows it"),
            None => format!("this security group of {owner} allows no {direction} traffic"),
        };
        if let (Some(nearest), Some(place)) = (bar.nearest, bar.near_place()) {
            found.push((place, allowed_by(nearest.rule(), way)));
        }
        let is_shown = index == 0 && bar.place() == bar.group && !bar.is_default;
        found.push((bar.group, if is_shown { format!("a security group of {owner}") } else { group }));
    }
    found
}

/// Ports in messages: "port 80".
pub fn spelled(ports: &RangeInclusive<i64>) -> String {
    let (first, last) = (ports.start(), ports.end());
    if first == last { format!("port {first}") } else { format!("ports {first} to {last}") }
}

/// Returns the text of a label for the traffic that a rule allows.
fn allowed_by(rule: View, way: Direction) -> String {
    let (protocol, from, to) = (rule.scalar("IpProtocol"), rule.int("FromPort"), rule.int("ToPort"));
    let is_all = matches!(protocol, Known("-1" | "all", _));
    let other = |key: &str| rule.entry(key).and_then(|entry| called_peer(&entry.value));
    let range = || ["IpRanges", "Ipv6Ranges", "PrefixListIds"].into_iter().find_map(other);
    let source = other("UserIdGroupPairs").or_else(|| range().filter(|_| is_all));
    let side = match way {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    };
    let peer = source.map(|source| format!(" {side} `{source}`")).unwrap_or_default();
    match (protocol, from, to) {
        _ if is_all && peer.is_empty() => format!("this rule allows all traffic {side} other addresses"),
        _ if is_all => format!("this rule allows all traffic{peer}"),
        (Known(protocol, _), Known(from, _), Known(to, _)) if from == to => {
            format!("this rule allows `{protocol}` traffic on port {from}{peer}")
        }
        (Known(protocol, _), Known(from, _), Known(to, _)) => {
            format!("this rule allows `{protocol}` traffic on ports {from} to {to}{peer}")
        }
        _ => format!("this rule allows other traffic{peer}"),
    }
}

/// The name of the first of the groups or ranges of a rule.
fn called_peer(value: &Node) -> Option<SmolStr> {
    let first = value.as_array().map_or(Some(value), |array| array.items.first())?;
    let named = ["GroupId", "CidrIp", "CidrIpv6"].iter().find_map(|key| first.get(key));
    named.unwrap_or(first).called()
}

/// The name of a security group in messages.
pub fn called_group(group: &Resource) -> String {
    match &group.address {
        Some(address) => format!("`{address}`"),
        None => group
            .request
            .get("GroupId")
            .and_then(|id| id.called())
            .map_or_else(|| "the security group".to_owned(), |id| format!("`{id}`")),
    }
}

/// Something that tasks connect to.
pub struct Server<'s, 'a> {
    /// What it is, in messages.
    pub noun: &'s str,
    /// Its security groups. One of the sets may be meant.
    pub groups: &'s [SecurityGroupSet<'a>],
    /// The TCP ports on one of which it listens.
    pub ports: &'s [RangeInclusive<i64>],
}

/// Returns why the security groups of tasks, or of their instances, and of something that they connect to let no packets through.
pub fn severed<'a>(project: &Project<'a>, tasks: &Origin<'a>, server: &Server<'_, 'a>) -> Option<Finding> {
    let (whose, tasks) = (tasks.whose, &tasks.groups);
    let each = |ports| project.severed(Peer::Groups(tasks), server.groups, ports);
    let (bars, way) = server.ports.iter().map(each).collect::<Option<Vec<_>>>()?.into_iter().next()?;
    // Tasks that cannot connect to anything do not even start.
    let is_mute = || project.blocked_by(tasks, Direction::Egress, HTTPS, Peer::Anything).is_some();
    if way == Direction::Egress && is_mute() {
        return None;
    }
    let (noun, numbers) = (server.noun, any_of(server.ports));
    let (message, owner, help) = match way {
        Direction::Ingress => (
            format!("the security groups of the {noun} do not allow traffic from the {whose} to {numbers}"),
            format!("the {noun}"),
            format!("allow inbound TCP traffic on {numbers} from the security group of the {whose}"),
        ),
        Direction::Egress => (
            format!("the security groups of the {whose} do not allow traffic to {numbers} of the {noun}"),
            format!("the {whose}"),
            format!("allow outbound TCP traffic on {numbers} to the security group of the {noun}"),
        ),
    };
    let finding = Finding::at(place(&bars)?, message).labels(labels(&bars, way, &owner));
    Some(finding.help(help))
}

/// Returns why the security groups of a server let in nobody.
pub fn closed(project: &Project, server: &Server) -> Option<Finding> {
    let each = |ports| project.severed(Peer::Anything, server.groups, ports);
    let (bars, way) = server.ports.iter().map(each).collect::<Option<Vec<_>>>()?.into_iter().next()?;
    let (noun, numbers) = (server.noun, any_of(server.ports));
    let message = format!("the security groups of the {noun} let nobody connect to {numbers}");
    let finding = Finding::at(place(&bars)?, message).labels(labels(&bars, way, &format!("the {noun}")));
    Some(finding.help(format!("allow inbound TCP traffic on {numbers} from the public address of the tasks")))
}

/// Ports in messages, one of which is enough: "port 80 or 443".
fn any_of(ports: &[RangeInclusive<i64>]) -> String {
    let others: String = ports.iter().skip(1).map(|ports| format!(" or {}", ports.start())).collect();
    ports.first().map(spelled).unwrap_or_default() + &others
}
