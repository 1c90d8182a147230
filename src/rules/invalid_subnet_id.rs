//! See `rules/invalid-subnet-id.md`.

use super::prelude::*;

/// Reports literals that are the id of no subnet or security group.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        let (subnets, groups) = (network.list("subnets"), network.list("securityGroups"));
        report.extend(subnets.iter().filter_map(|item| other_id(item, "subnet-", "subnet")));
        report.extend(groups.iter().filter_map(|item| other_id(item, "sg-", "security group")));
    }
}

fn other_id(item: View, prefix: &str, what: &str) -> Option<Finding> {
    let id = item.node.as_str().filter(|id| !id.starts_with(prefix))?;
    let other = actual_kind(id)?;
    Some(
        Finding::at(item.place(), format!("`{id}` is not the id of a {what}, but {other}"))
            .help(format!("ids of a {what} begin with `{prefix}`")),
    )
}

/// What it is instead. Of a word that is nothing certain nobody knows whether it is left for something to fill in.
fn actual_kind(id: &str) -> Option<&'static str> {
    let digits = |ip: &str| ip.split('.').count() == 4 && ip.chars().all(|c| c == '.' || c.is_ascii_digit());
    let range = |id: &str| id.split_once('/').is_some_and(|(ip, _)| digits(ip));
    let prefixes = [
        ("arn:", "an ARN"),
        ("sg-", "of a security group"),
        ("subnet-", "of a subnet"),
        ("vpc-", "of a VPC"),
        ("eni-", "of a network interface"),
        ("rtb-", "of a route table"),
    ];
    let prefixed = prefixes.into_iter().find(|(prefix, _)| id.starts_with(prefix)).map(|(_, what)| what);
    prefixed
        .or_else(|| range(id).then_some("a range of addresses"))
        .or_else(|| is_zone(id).then_some("a zone"))
}

/// `eu-west-1a`: a region's name, whose last part is a number, and a letter.
fn is_zone(id: &str) -> bool {
    let parts: Vec<&str> = id.split('-').collect();
    let Some((last, [_, _, ..])) = parts.split_last() else { return false };
    let mut letters = last.chars();
    parts[0].len() == 2
        && letters.next().is_some_and(|digit| digit.is_ascii_digit())
        && letters.next().is_some_and(|zone| zone.is_ascii_lowercase())
        && letters.next().is_none()
}
