//! Functions on IP networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::source::Span;
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::string::string;
use crate::terraform::operator::whole;
use crate::value::{Node, NodeKind};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    let [network, rest @ ..] = args else { return None };
    if name == "cidrcontains" {
        return contains(network, rest.first()?, at);
    }
    if !matches!(name, "cidrhost" | "cidrnetmask" | "cidrsubnet" | "cidrsubnets") {
        return None;
    }
    let text = string(network)?;
    let Ok(network) = text.parse::<IpNet>() else {
        return Some(
            call.reject(format!("`{name}`: `{text}` is not a valid CIDR block such as `10.0.0.0/16`"), at),
        );
    };
    let made = |made: Option<String>| match made {
        Some(made) => Node::string(made, at),
        None => call.reject(format!("`{name}`: `{text}` has insufficient address space"), at),
    };
    match (name, rest) {
        ("cidrhost", [number]) => Some(made(host(network, whole(number)?))),
        ("cidrnetmask", []) if network.addr().is_ipv4() => Some(made(Some(network.netmask().to_string()))),
        ("cidrsubnet", [bits, number]) => {
            let subnet = subnet(network, whole(bits)?, whole(number)?);
            Some(made(subnet.map(|subnet| subnet.to_string())))
        }
        ("cidrsubnets", bits) => {
            let bits = bits.iter().map(whole).collect::<Option<Vec<_>>>()?;
            match subnets(network, &bits) {
                Some(all) => {
                    Some(Node::array(all.into_iter().map(|one| made(Some(one.to_string()))).collect(), at))
                }
                None => Some(made(None)),
            }
        }
        _ => None,
    }
}

/// Whether a network contains an address or a network: a function of OpenTofu, which refuses what is not valid.
fn contains(network: &Node, inner: &Node, at: Span) -> Option<Node> {
    let network = string(network)?.parse::<IpNet>().ok()?;
    let inner = string(inner)?;
    let inner = inner.parse::<IpNet>().or_else(|_| inner.parse::<IpAddr>().map(IpNet::from)).ok()?;
    let is_same_family = network.addr().is_ipv4() == inner.addr().is_ipv4();
    is_same_family.then(|| Node::new(NodeKind::Bool(network.contains(&inner)), at))
}

/// Converts an address to a number.
fn bits_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// Converts a number to an address of the same family as `of`.
fn address(of: IpNet, bits: u128) -> Option<IpAddr> {
    match of {
        IpNet::V4(_) => Some(IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(bits).ok()?))),
        IpNet::V6(_) => Some(IpAddr::V6(Ipv6Addr::from_bits(bits))),
    }
}

/// The number of addresses in a network with `free` host bits.
fn room(free: u32) -> Option<u128> {
    1_u128.checked_shl(free)
}

/// The host address with a number in a network; negative numbers count from the end.
fn host(network: IpNet, number: i64) -> Option<String> {
    let size = room(u32::from(network.max_prefix_len() - network.prefix_len()))?;
    let magnitude = u128::from(number.unsigned_abs());
    let offset = match number >= 0 {
        true if magnitude < size => magnitude,
        false if magnitude <= size => size - magnitude,
        _ => return None,
    };
    Some(address(network, bits_of(network.network()) + offset)?.to_string())
}

/// The subnet with a number among those whose prefix is `bits` longer.
fn subnet(network: IpNet, bits: i64, number: i64) -> Option<IpNet> {
    let length = network.prefix_len().checked_add(u8::try_from(bits).ok()?)?;
    let free = u32::from(network.max_prefix_len().checked_sub(length)?);
    let number = u128::try_from(number).ok()?;
    if number >= room(u32::try_from(bits).ok()?)? {
        return None;
    }
    let start = bits_of(network.network()) + number.checked_shl(free)?;
    IpNet::new(address(network, start)?, length).ok()
}

/// Consecutive subnets with prefixes extended by `bits`, each aligned to its size.
fn subnets(network: IpNet, bits: &[i64]) -> Option<Vec<IpNet>> {
    let mut next = bits_of(network.network());
    let end = bits_of(network.broadcast());
    let mut all = Vec::new();
    for bits in bits {
        let bits = u8::try_from(*bits).ok().filter(|bits| *bits > 0)?;
        let length = network.prefix_len().checked_add(bits)?;
        let size = room(u32::from(network.max_prefix_len().checked_sub(length)?))?;
        let start = next.div_ceil(size) * size;
        let last = start.checked_add(size - 1).filter(|last| *last <= end)?;
        all.push(IpNet::new(address(network, start)?, length).ok()?);
        next = last + 1;
    }
    Some(all)
}
