//! See `rules/invalid-security-group-rule.md`.

use ipnet::IpNet;

use super::prelude::*;
use crate::model::{Kind, Language, Resource};
use crate::value::Node;

/// Reports rules of security groups that EC2 or Terraform rejects.
pub fn check(project: &Project, report: &mut Report) {
    for group in project.of(Kind::SecurityGroup) {
        let view = project.view(group);
        for rules in ["IpPermissions", "IpPermissionsEgress"].map(|key| view.list(key)) {
            report.extend(rules.objects().flat_map(|rule| faults(group, rule)));
        }
    }
    for kind in [Kind::SecurityGroupRule, Kind::IngressRule, Kind::EgressRule] {
        for rule in project.of(kind) {
            report.extend(faults(rule, project.view(rule)));
        }
    }
}

fn faults(resource: &Resource, rule: View) -> Vec<Finding> {
    let is_terraform = resource.traits.language == Language::Terraform;
    let ranges = [rule.entry("IpRanges"), rule.entry("Ipv6Ranges")].into_iter().flatten();
    let ranges = ranges.flat_map(|entry| match entry.value.as_array() {
        Some(array) => array.items.as_slice(),
        None => std::slice::from_ref(&entry.value),
    });
    let mut found: Vec<Finding> = ranges.filter_map(|range| wrong_range(range, is_terraform)).collect();
    found.extend([inverted_ports(rule), wrong_protocol(rule)].into_iter().flatten());
    // A rule in a resource of its own is created, and allows all ports.
    let is_inline = resource.kind == Kind::SecurityGroup;
    found.extend(ports_of_all_protocols(rule).filter(|_| is_terraform && is_inline));
    found
}

/// Reports a range that is not in CIDR notation. Terraform also rejects one that does not begin with its first address.
fn wrong_range(range: &Node, is_terraform: bool) -> Option<Finding> {
    let text = range.as_str().filter(|text| text.starts_with(|first: char| first.is_ascii_hexdigit()))?;
    let finding = |message: String| Finding::at(range, message);
    let Ok(network) = text.parse::<IpNet>() else {
        let finding = finding(format!("`{text}` is not a valid CIDR block"));
        let is_address = text.parse::<std::net::Ipv4Addr>().is_ok();
        return Some(if is_address {
            finding.help(format!("use `{text}/32` for this address"))
        } else {
            finding
        });
    };
    let first = network.trunc();
    (is_terraform && first != network).then(|| {
        finding(format!("`{text}` is not a valid CIDR block: it does not begin with the first address")).help(
            format!("use `{first}` for the network, or `/{}` for the address", network.max_prefix_len()),
        )
    })
}

fn inverted_ports(rule: View) -> Option<Finding> {
    let [from, to] = rule.fields(["FromPort", "ToPort"]);
    let ((low, low_at), (high, at)) = (from.int().known_at()?, to.int().known_at()?);
    let has_ports = matches!(rule.scalar("IpProtocol").known()?, "tcp" | "udp" | "6" | "17");
    if !has_ports {
        return None;
    }
    if let Some((field, port, at)) =
        [(from, low, low_at), (to, high, at)].into_iter().find(|(_, port, _)| !(0..=65535).contains(port))
    {
        return Some(Finding::at(at, format!("`{field}` must be between 0 and 65535 (got {port})")));
    }
    (low > high).then(|| {
        Finding::at(at, format!("`{to}` of {high} is less than `{from}` of {low}"))
            .label(low_at, format!("`{from}` is {low}"))
            .help("exchange the two ports")
    })
}

/// Reports the name of an application in place of a protocol.
fn wrong_protocol(rule: View) -> Option<Finding> {
    const APPLICATIONS: [&str; 8] =
        ["http", "https", "ssh", "mysql", "postgres", "postgresql", "redis", "any"];
    let field = rule.field("IpProtocol");
    let (protocol, at) = field.str().known_at()?;
    let is_wrong = APPLICATIONS.iter().any(|name| name.eq_ignore_ascii_case(protocol));
    let message =
        format!("invalid `{field}` `{protocol}`: expected `tcp`, `udp`, `icmp`, `icmpv6`, or `-1` for all");
    is_wrong.then(|| Finding::at(at, message).help("use `tcp`, with the ports of the application"))
}

/// Reports ports in a rule for all protocols, which Terraform rejects.
fn ports_of_all_protocols(rule: View) -> Option<Finding> {
    let (protocol, protocol_at) = rule.scalar("IpProtocol").known_at()?;
    let is_all = matches!(protocol, "-1" | "all");
    let ports = rule.fields(["FromPort", "ToPort"]).into_iter();
    let (field, port, at) = ports
        .filter_map(|field| field.int().known_at().map(|(port, at)| (field, port, at)))
        .find(|(_, port, _)| !matches!(port, 0 | -1))?;
    is_all.then(|| {
        Finding::at(at, format!("`{field}` is {port}, but a rule for all protocols has no ports"))
            .label(protocol_at, "all protocols")
            .help(format!("set the protocol to `tcp`, or `{field}` to 0"))
    })
}
