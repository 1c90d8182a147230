//! The IPv4 addresses of resources, as far as the ranges of their subnets are known.

use ipnet::IpNet;

use crate::model::Project;
use crate::resource::Kind;
use crate::value::{More, Node, NodeKind};

impl Project<'_> {
    /// The networks of some subnets; `None` unless all are known.
    pub fn networks(self, subnets: &[&Node]) -> Option<Vec<IpNet>> {
        let network = |subnet: &&Node| {
            let resource = self.resolve(&[Kind::Subnet], subnet).known()?;
            resource.request.get("CidrBlock")?.as_str()?.parse().ok()
        };
        let networks: Option<Vec<IpNet>> = subnets.iter().map(network).collect();
        networks.filter(|networks| !networks.is_empty())
    }
}

/// Returns `true` if ranges of addresses may contain some address of a network. They are a string, a list of strings, or the list of
/// objects of the AWS API.
pub(super) fn may_contain(ranges: &Node, network: &IpNet) -> bool {
    match &ranges.kind {
        NodeKind::Array(array) => {
            array.more != More::No || array.items.iter().any(|item| may_contain(item, network))
        }
        NodeKind::Object(_) => ranges.get("CidrIp").is_none_or(|range| may_contain(range, network)),
        NodeKind::String(text) => text.parse().map_or(true, |range| overlap(&range, network)),
        _ => true,
    }
}

/// Returns `true` if a range certainly contains a whole network.
pub(super) fn contains(range: &Node, network: &IpNet) -> bool {
    range.as_str().and_then(|text| text.parse().ok()).is_some_and(|range: IpNet| range.contains(network))
}

/// Returns `true` if two networks have a common address.
fn overlap(one: &IpNet, other: &IpNet) -> bool {
    one.contains(&other.network()) || other.contains(&one.network())
}

/// Returns `true` if ranges certainly contain only private addresses (RFC 1918). They have the forms of [`may_contain`].
pub(super) fn is_private(ranges: &Node) -> bool {
    let private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    match &ranges.kind {
        NodeKind::Array(array) => array.more == More::No && array.items.iter().all(is_private),
        NodeKind::Object(_) => ranges.get("CidrIp").is_some_and(is_private),
        NodeKind::String(text) => text.parse().is_ok_and(|range: IpNet| {
            private.iter().filter_map(|text| text.parse::<IpNet>().ok()).any(|all| all.contains(&range))
        }),
        _ => false,
    }
}
