//! See `rules/log-group-create-denied.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Log, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports logs that are to make their own group with a role that may not.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        for log in task.logs_by("awslogs") {
            if let Some(finding) = denied(project, task, log) {
                report.add(finding);
            }
        }
    }
}

fn denied(project: &Project, task: Task, log: Log) -> Option<Finding> {
    let options = log.options().known()?;
    let Known(true, at) = options.bool("awslogs-create-group") else { return None };
    let scope = task.document.scope;
    let group = &options.entry("awslogs-group")?.value;
    if project.log_group(group, scope).is_some() {
        return None;
    }
    let entry = task.view.entry("executionRoleArn")?;
    let role = project.role_of(&entry.value).known()?;
    let policies = project.lacks(role, "logs:CreateLogGroup")?;
    let finding = Finding::at(
        at,
        "the log group is to be made, but the execution role may not do `logs:CreateLogGroup`",
    )
    .label(&entry.value, "the task definition's execution role")
    .label(Place::from(role.title), "the role")
    .help("allow `logs:CreateLogGroup` in a policy of the role, or add an `aws_cloudwatch_log_group`");
    Some(policies.into_iter().fold(finding, |finding, place| {
        finding.label(place, "a policy of the role, which does not allow it")
    }))
}
