//! See `rules/invalid-network-range.md`.

use std::collections::BTreeMap;

use ipnet::Ipv4Net;

use super::prelude::*;
use crate::address::ResourceId;
use crate::model::{Kind, Language, Resource};

/// The lengths of prefixes that VPCs and subnets can have.
const PREFIXES: std::ops::RangeInclusive<u8> = 16..=28;

/// Reports IPv4 ranges of VPCs and subnets that EC2 rejects.
pub fn check(project: &Project, report: &mut Report) {
    for vpc in project.of(Kind::Vpc) {
        report.extend(range_of(project, vpc).and_then(wrong_range));
    }
    let mut in_vpc: BTreeMap<ResourceId, Vec<Range>> = BTreeMap::new();
    for subnet in project.of(Kind::Subnet).filter(|subnet| subnet.is_declared()) {
        report.extend(zone_elsewhere(project, subnet));
        let Some(range) = range_of(project, subnet) else { continue };
        let wrong = wrong_range(range);
        let vpc = vpc_of(project, subnet).filter(|_| wrong.is_none());
        report.extend(wrong);
        if let Some(vpc) = vpc {
            report.extend(outside(project, range, vpc));
            in_vpc.entry(vpc.id).or_default().push(range);
        }
    }
    for ranges in in_vpc.into_values() {
        report.extend(overlapping(ranges));
    }
}

/// The range of a VPC or a subnet.
#[derive(Clone, Copy)]
struct Range<'a> {
    resource: &'a Resource,
    net: Ipv4Net,
    at: Place,
}

fn range_of<'a>(project: &Project<'a>, resource: &'a Resource) -> Option<Range<'a>> {
    let (text, at) = project.view(resource).str("CidrBlock").known_at()?;
    Some(Range { resource, net: text.parse().ok()?, at })
}

fn vpc_of<'a>(project: &Project<'a>, subnet: &'a Resource) -> Option<&'a Resource> {
    let vpc = &project.view(subnet).entry("VpcId")?.value;
    project.resolve(&[Kind::Vpc], vpc).known()
}

/// Reports a range of a size that EC2 does not support, or that does not begin with its first address, which Terraform rejects.
fn wrong_range(range: Range) -> Option<Finding> {
    let Range { resource, net, at } = range;
    let what = if resource.kind == Kind::Vpc { "VPC" } else { "subnet" };
    if !PREFIXES.contains(&net.prefix_len()) {
        let message = format!("the range `{net}` of a {what} must be between `/16` and `/28`");
        return Some(Finding::at(at, message));
    }
    let is_terraform = resource.traits.language == Language::Terraform;
    (is_terraform && net.trunc() != net).then(|| {
        Finding::at(
            at,
            format!("`{net}` is not a valid CIDR block: it does not begin with the first address"),
        )
        .help(format!("use `{}`", net.trunc()))
    })
}

/// Reports a subnet in an Availability Zone of another Region.
fn zone_elsewhere<'a>(project: &Project<'a>, subnet: &'a Resource) -> Option<Finding> {
    let (zone, at) = project.view(subnet).str("AvailabilityZone").known_at()?;
    let own = project.region(subnet)?;
    let here = own.as_str()?;
    let is_zone = zone.matches('-').count() >= 2 && zone.ends_with(|last: char| last.is_ascii_lowercase());
    (is_zone && !zone.starts_with(here)).then(|| {
        Finding::at(at, format!("`{zone}` is not an Availability Zone of Region `{here}`"))
            .label(own, "the Region of the subnet")
            .help("use an Availability Zone of this Region, or change the Region")
    })
}

/// Reports a subnet outside of its VPC, unless the VPC may have more ranges.
fn outside(project: &Project, subnet: Range, vpc: &Resource) -> Option<Finding> {
    let own = range_of(project, vpc)?;
    let may_have_more = project.in_unit_of(vpc, Kind::VpcRange).next().is_some()
        || project.has_opaque_refs(vpc)
        || !vpc.is_declared();
    (!may_have_more && !own.net.contains(&subnet.net)).then(|| {
        Finding::at(subnet.at, format!("the range `{}` of the subnet is not in its VPC", subnet.net))
            .label(own.at, format!("the VPC has the range `{}`", own.net))
            .help("use a part of the range of the VPC")
    })
}

/// Reports subnets with addresses of the subnet before them, in the order of their ranges.
fn overlapping(mut ranges: Vec<Range>) -> Vec<Finding> {
    ranges.retain(|range| !range.resource.may_be_several());
    ranges.sort_by_key(|range| (range.net.network(), range.net.prefix_len()));
    let mut found = Vec::new();
    let mut widest: Option<Range> = None;
    for range in ranges {
        match widest {
            Some(wide) if wide.net.contains(&range.net) => found.push(conflict(wide, range)),
            _ => widest = Some(range),
        }
    }
    found
}

fn conflict(one: Range, other: Range) -> Finding {
    let (first, second) = if one.at.span.start <= other.at.span.start { (one, other) } else { (other, one) };
    let finding = Finding::at(
        second.at,
        format!("the range `{}` of the subnet overlaps with that of another subnet of the VPC", second.net),
    );
    let finding = if first.at.span == second.at.span {
        finding.about(first.at)
    } else {
        finding.label(first.at, format!("the range `{}`", first.net))
    };
    finding.help("use ranges without common addresses")
}
