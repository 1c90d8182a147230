//! See `rules/invalid-trusted-execution.md`.

use super::prelude::*;

/// Reports trusted execution where it is not offered, or without its policy.
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
    Some(
        Finding::at(Place::key(entry), format!("`{}` is for Managed Instances alone", entry.written))
            .label(other.place(), "the launch type that is asked for")
            .help("add `MANAGED_INSTANCES` to `requiresCompatibilities`, or remove it"),
    )
}

fn without_policy(trusted: View) -> Option<Finding> {
    let Known("CONFIDENTIAL_SANDBOX", place) = trusted.str("isolationMode") else { return None };
    trusted.any("attestationPolicy").is_missing().then(|| {
        Finding::at(place, "isolation mode `CONFIDENTIAL_SANDBOX` without an `attestationPolicy`")
            .help("add the `attestationPolicy`, or use `ISOLATED_SANDBOX`")
    })
}
