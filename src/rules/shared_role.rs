//! See `rules/shared-role.md`.

use super::prelude::*;

/// Reports task definitions whose task role and execution role are the same role.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let (Some(role), Some(execution)) =
            (task.view.entry("taskRoleArn"), task.view.entry("executionRoleArn"))
        else {
            continue;
        };
        if role.value.certainly_equals(&execution.value) {
            let message = format!(
                "`{}` and `{}` are the same role, so the containers get permissions that only ECS needs",
                role.written, execution.written
            );
            report.add(
                Finding::at(&role.value, message)
                    .label(
                        &execution.value,
                        "the execution role, which can read the task's secrets and pull its images",
                    )
                    .help("use a separate task role with only the permissions that the containers need, or none"),
            );
        }
    }
}
