//! See `rules/invalid-subnet-id.md`.

use super::prelude::*;
use crate::model::Kind;

/// Reports literals that are not the ID of a subnet or security group.
pub fn check(project: &Project, report: &mut Report) {
    let services = project.services().filter_map(|service| service.network().known());
    report.extend(services.flat_map(other_ids));
    // AWS has been seen to reject such IDs in services only.
    let others = others(project).into_iter().flat_map(other_ids);
    report.extend(others.map(Finding::warning));
}

/// The networks of Express services, Managed Instances, and gateways.
fn others<'a>(project: &Project<'a>) -> Vec<View<'a>> {
    let express = project.express_services().map(|service| service.view.object("networkConfiguration"));
    let instances = project.of(Kind::CapacityProvider).map(|provider| {
        let template = project.view(provider).object("managedInstancesProvider");
        template.then(|it| it.object("instanceLaunchTemplate")).then(|it| it.object("networkConfiguration"))
    });
    let gateways = project.of(Kind::Gateway).map(|gateway| {
        let settings = project.view(gateway).object("configuration");
        settings.then(|it| it.object("hostSharedAlb")).then(|it| it.object("networkConfiguration"))
    });
    express.chain(instances).chain(gateways).filter_map(Value::known).collect()
}

fn other_ids(network: View<'_>) -> impl Iterator<Item = Finding> {
    let (subnets, groups) = (network.list("subnets"), network.list("securityGroups"));
    let subnets = subnets.iter().filter_map(|item| other_id(item, "subnet-", "subnet"));
    subnets.chain(groups.iter().filter_map(|item| other_id(item, "sg-", "security group")))
}

fn other_id(item: View, prefix: &str, what: &str) -> Option<Finding> {
    let id = item.node.as_str().filter(|id| !id.starts_with(prefix))?;
    let other = actual_kind(id)?;
    Some(
        Finding::at(item.place(), format!("`{id}` is {other}, not a {what} ID"))
            .help(format!("use a {what} ID, which starts with `{prefix}`")),
    )
}

/// Returns what a literal is instead. `None` if that is uncertain, because the literal could be a placeholder.
fn actual_kind(id: &str) -> Option<&'static str> {
    let digits = |ip: &str| ip.split('.').count() == 4 && ip.chars().all(|c| c == '.' || c.is_ascii_digit());
    let range = |id: &str| id.split_once('/').is_some_and(|(ip, _)| digits(ip));
    let prefixes = [
        ("arn:", "an ARN"),
        ("sg-", "a security group ID"),
        ("subnet-", "a subnet ID"),
        ("vpc-", "a VPC ID"),
        ("eni-", "a network interface ID"),
        ("rtb-", "a route table ID"),
    ];
    let prefixed = prefixes.into_iter().find(|(prefix, _)| id.starts_with(prefix)).map(|(_, what)| what);
    prefixed
        .or_else(|| range(id).then_some("a CIDR block"))
        .or_else(|| is_zone(id).then_some("an Availability Zone"))
}

/// Whether the literal is an Availability Zone: the name of a Region, which ends with a number, and a letter
/// (`eu-west-1a`).
fn is_zone(id: &str) -> bool {
    let parts: Vec<&str> = id.split('-').collect();
    let Some((last, [_, _, ..])) = parts.split_last() else { return false };
    let mut letters = last.chars();
    parts[0].len() == 2
        && letters.next().is_some_and(|digit| digit.is_ascii_digit())
        && letters.next().is_some_and(|zone| zone.is_ascii_lowercase())
        && letters.next().is_none()
}
