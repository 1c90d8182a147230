//! See `rules/role-trust-policy.md`.

use super::prelude::*;
use crate::model::{Resource, trusts_others};
use crate::value::Entry;

/// The service that takes on the roles of tasks.
const SERVICE: &str = "ecs-tasks.amazonaws.com";

/// Reports roles of tasks that tasks cannot take on.
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
    // The services of other partitions have another end.
    let others = trusts_others(policy, "ecs-tasks.")?;
    let at = others.first().map_or_else(|| policy.place(), |(_, place)| *place);
    let whom = others.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>();
    let whom = if whom.is_empty() { "nobody".to_owned() } else { format!("{} only", whom.join(" and ")) };
    Some(
        Finding::at(at, format!("the role trusts {whom}, so tasks cannot take it on"))
            .label(Place::from(role.header), "the role")
            .label(&entry.value, format!("the task definition has it as `{}`", entry.written))
            .help(format!("let the service `{SERVICE}` do `sts:AssumeRole`")),
    )
}
