//! See `rules/invalid-trusted-execution.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Task;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports trusted execution where it is not offered, or without its policy.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(trusted, _) = task.view.object("trustedExecutionConfiguration") else { continue };
        [elsewhere(task), without_policy(trusted)]
            .into_iter()
            .flatten()
            .for_each(|finding| report.add(finding));
    }
}

fn elsewhere(task: Task) -> Option<Finding> {
    let types = task.compatibilities();
    let other = types.iter().next().filter(|_| types.is_complete())?;
    let offered = types.iter().any(|item| matches!(item.node.as_str(), None | Some("MANAGED_INSTANCES")));
    let entry = task.view.entry("trustedExecutionConfiguration").filter(|_| !offered)?;
    let message = format!("`{}` is for Managed Instances alone", entry.written);
    let finding =
        Finding::at(Place::key(entry), message).label(other.place(), "the launch type that is asked for");
    Some(finding.help("add `MANAGED_INSTANCES` to `requiresCompatibilities`, or remove it"))
}

fn without_policy(trusted: View) -> Option<Finding> {
    let Known("CONFIDENTIAL_SANDBOX", place) = trusted.str("isolationMode") else { return None };
    trusted.any("attestationPolicy").is_missing().then(|| {
        Finding::at(place, "isolation mode `CONFIDENTIAL_SANDBOX` without an `attestationPolicy`")
            .help("add the `attestationPolicy`, or use `ISOLATED_SANDBOX`")
    })
}
