//! See `rules/log-group-create-denied.md`.

use super::prelude::*;

/// Reports log drivers that create their log group with an execution role that lacks the permission.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.logs_by("awslogs").filter_map(|log| denied(*project, log)));
}

fn denied(project: Project, log: Log) -> Option<Finding> {
    let task = log.container.task;
    let options = log.options().known()?;
    let Known(true, at) = options.bool("awslogs-create-group") else { return None };
    let unit = task.resource.unit();
    let group = &options.entry("awslogs-group")?.value;
    if project.log_group(group, unit).is_some() {
        return None;
    }
    let entry = task.view.entry("executionRoleArn")?;
    let role = project.role_of(&entry.value).known()?;
    let policies = project.denying_policies(role, "logs:CreateLogGroup")?;
    let policies = policies.into_iter().map(|place| (place, "this policy of the role does not allow it"));
    Some(
        Finding::at(
            at,
            "`awslogs-create-group` is enabled, but the execution role lacks `logs:CreateLogGroup`",
        )
        .label(&entry.value, "the task definition's execution role")
        .label(Place::from(role.header), "the role")
        .labels(policies)
        .help("allow `logs:CreateLogGroup` in a policy of the role, or define the log group"),
    )
}
