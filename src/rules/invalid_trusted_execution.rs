//! See `rules/invalid-trusted-execution.md`.

use super::prelude::*;

/// Reports trusted execution outside ECS Managed Instances, or without an attestation policy.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(trusted, _) = task.view.object("trustedExecutionConfiguration") else { continue };
        report.extend([off_managed_instances(task), without_policy(trusted)]);
    }
}

fn off_managed_instances(task: Task) -> Option<Finding> {
    let types = task.compatibilities();
    let other = types.iter().next().filter(|_| types.is_complete())?;
    let offered = types.iter().any(|item| matches!(item.node.as_str(), None | Some("MANAGED_INSTANCES")));
    let entry = task.view.entry("trustedExecutionConfiguration").filter(|_| !offered)?;
    let (member, field) = (&entry.written, task.view.field("requiresCompatibilities"));
    Some(
        Finding::at(Place::key(entry), format!("`{member}` is supported only on ECS Managed Instances"))
            .label(other.place(), "the task definition requires another launch type")
            .help(format!("add `MANAGED_INSTANCES` to `{field}`, or remove `{member}`")),
    )
}

fn without_policy(trusted: View) -> Option<Finding> {
    let Known("CONFIDENTIAL_SANDBOX", place) = trusted.str("isolationMode") else { return None };
    let policy = trusted.field("attestationPolicy");
    policy.is_missing().then(|| {
        Finding::at(place, format!("`{policy}` is required for isolation mode `CONFIDENTIAL_SANDBOX`"))
            .help(format!("add `{policy}`, or use isolation mode `ISOLATED_SANDBOX`"))
    })
}
