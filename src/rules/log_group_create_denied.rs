//! See `rules/log-group-create-denied.md`.

use super::prelude::*;
use crate::policy::{Denial, Near, Pattern, Request, Verdict};

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
    let request = Request {
        principal: None,
        action: "logs:CreateLogGroup",
        resource: Pattern::glob("arn:*:logs:*:*:log-group:")
            .then(project.pattern(group))
            .then(Pattern::glob("*")),
        context: Vec::new(),
    };
    let Verdict::Denied(denial) = project.grants(role)?.verdict(&request) else { return None };
    let statement = match denial {
        Denial::By(place) => place,
        Denial::Boundary(place) => Some(place),
        Denial::Nothing(near) => near.map(Near::place),
    };
    Some(
        Finding::at(
            at,
            "`awslogs-create-group` is enabled, but the execution role lacks `logs:CreateLogGroup`",
        )
        .label(&entry.value, "the task definition's execution role")
        .label(Place::from(role.header), "the role")
        .labels(statement.map(|place| (place, "this statement does not allow it")))
        .help("allow `logs:CreateLogGroup` in a policy of the role, or define the log group"),
    )
}
