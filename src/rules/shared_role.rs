//! See `rules/shared-role.md`.

use super::prelude::*;

/// Reports task definitions whose two roles are one.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let (Some(role), Some(execution)) =
            (task.view.entry("taskRoleArn"), task.view.entry("executionRoleArn"))
        else {
            continue;
        };
        if role.value.certainly_equals(&execution.value) {
            let message = format!(
                "`{}` is the same role as `{}`, so the containers can do what only ECS needs to",
                role.written, execution.written
            );
            report.add(
                Finding::at(&role.value, message)
                    .label(
                        &execution.value,
                        "the execution role, which can read the task's secrets and images",
                    )
                    .help("give the containers a role of their own with just what they call, or none"),
            );
        }
    }
}
