//! See `rules/invalid-subnet-id.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports literals that are the id of no subnet or security group.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(network, _) = service.network() else { continue };
        for item in network.list("subnets").iter() {
            report_other(item, "subnet-", "subnet", report);
        }
        for item in network.list("securityGroups").iter() {
            report_other(item, "sg-", "security group", report);
        }
    }
}

fn report_other(item: View, prefix: &str, what: &str, report: &mut Report) {
    let Some(id) = item.node.as_str().filter(|id| !id.starts_with(prefix) && !is_placeholder(id)) else {
        return;
    };
    report.add(
        Finding::at(item.place(), format!("`{id}` is not the id of a {what}{}", instead(id)))
            .help(format!("ids of a {what} begin with `{prefix}`")),
    );
}

/// A word in capitals, or with marks that no id has, is for something else to fill in.
fn is_placeholder(id: &str) -> bool {
    id.trim().is_empty()
        || id.chars().any(|letter| !letter.is_ascii_lowercase() && !"0123456789-./:".contains(letter))
}

/// What it is instead, where that can be told.
fn instead(id: &str) -> &'static str {
    match id {
        _ if id.starts_with("arn:") => ", but an ARN",
        _ if id.starts_with("sg-") => ", but of a security group",
        _ if id.starts_with("subnet-") => ", but of a subnet",
        _ if id.starts_with("vpc-") => ", but of a VPC",
        _ if id.contains('/') => ", but a range of addresses",
        _ => "",
    }
}
