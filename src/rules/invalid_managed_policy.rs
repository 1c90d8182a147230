//! See `rules/invalid-managed-policy.md`.

use super::prelude::*;
use crate::model::Kind;
use crate::policy::{NameFault, name_fault};
use crate::value::Node;

/// What the ARN of a managed policy of AWS has between its partition and the path of the policy.
const OF_AWS: &str = ":iam::aws:policy/";

/// Reports managed policies that AWS does not have, and that therefore cannot be attached to a role.
pub fn check(project: &Project, report: &mut Report) {
    for role in project.of(Kind::Role) {
        let view = project.view(role);
        let boundary = view.entry("PermissionsBoundary").map(|entry| &entry.value);
        let attached = view.list("ManagedPolicyArns").iter().map(|item| item.node);
        report.extend(boundary.into_iter().chain(attached).filter_map(fault));
    }
    for attachment in project.of(Kind::PolicyAttachment) {
        let view = project.view(attachment);
        let one = view.entry("PolicyArn").map(|entry| &entry.value);
        let several = view.list("PolicyArns").iter().map(|item| item.node);
        report.extend(one.into_iter().chain(several).filter_map(fault));
    }
}

fn fault(arn: &Node) -> Option<Finding> {
    let end = arn.known_end();
    let (partition, written) = end.split_once(OF_AWS)?;
    // Other partitions have fewer policies.
    if arn.as_str().is_some() && partition != "arn:aws" || partition.contains("aws-") {
        return None;
    }
    let finding = |message: String| Finding::at(arn, message);
    let found = match name_fault(written)? {
        NameFault::Path(known) => {
            let at = known
                .rsplit_once('/')
                .map_or("without a path".to_owned(), |(path, _)| format!("in `{path}/`"));
            let message = format!("AWS has no managed policy `{written}`: the policy with this name is {at}");
            renamed(finding(message), arn, partition, &known, Safety::Safe)
        }
        NameFault::Misspelled(known) => {
            let message = format!("AWS has no managed policy `{written}`");
            renamed(finding(message), arn, partition, &known, Safety::Unsafe)
        }
        NameFault::Withdrawn => finding(format!(
            "AWS has withdrawn the managed policy `{written}`, so it cannot be attached to another role"
        ))
        .help("attach the policy that replaces it")
        // A role that has it keeps it.
        .warning(),
    };
    Some(found)
}

fn renamed(finding: Finding, arn: &Node, partition: &str, known: &str, safety: Safety) -> Finding {
    let finding = finding.help(format!("did you mean `{known}`?"));
    let change = arn.as_str().map(|_| Change::set(arn, format!("{partition}{OF_AWS}{known}").as_str()));
    match change {
        Some(change) => finding.fix(safety, format!("use `{known}`"), [change]),
        None => finding,
    }
}
