//! See `rules/role-trust-policy.md`.

use super::prelude::*;
use crate::model::{Resource, trusts_others};
use crate::suggest::join_and;
use crate::value::Entry;

/// The service principal that assumes the roles of tasks.
const SERVICE: &str = "ecs-tasks.amazonaws.com";

/// Reports roles of task definitions that ECS tasks cannot assume.
pub fn check(project: &Project, report: &mut Report) {
    let mut seen: Vec<&Resource> = Vec::new();
    for task in project.tasks() {
        let roles = task.view.fields(["taskRoleArn", "executionRoleArn"]);
        for entry in roles.into_iter().filter_map(Field::entry) {
            let Some(role) = project.role_of(&entry.value).known() else { continue };
            if seen.iter().any(|known| known.is(role)) {
                continue;
            }
            seen.push(role);
            report.extend(untrusted(project, role, entry));
        }
    }
}

fn untrusted(project: &Project, role: &Resource, entry: &Entry) -> Option<Finding> {
    if role.ignores("AssumeRolePolicyDocument") {
        return None;
    }
    let policy = project.view(role).object("AssumeRolePolicyDocument").known()?;
    // Service principals in other partitions have another suffix.
    let others = trusts_others(policy, "ecs-tasks.")?;
    let at = others.first().map_or_else(|| policy.place(), |(_, place)| *place);
    let trusted = if others.is_empty() {
        "no principal".to_owned()
    } else {
        format!("only {}", join_and(others.iter().map(|(name, _)| name.as_str())))
    };
    Some(
        Finding::at(at, format!("the trust policy allows {trusted}, so ECS tasks cannot assume the role"))
            .label(Place::from(role.header), "the role")
            .label(&entry.value, format!("the task definition uses it as `{}`", entry.written))
            .help(format!("allow the service principal `{SERVICE}` to call `sts:AssumeRole`")),
    )
}
