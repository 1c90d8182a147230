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
            let found = untrusted(project, role, entry);
            report.extend(found.map(|found| if is_run(project, task) { found } else { found.warning() }));
        }
    }
}

/// Returns `true` if something in the files runs the task definition, with its own roles: a service, a task set, or a schedule. A
/// task that is run in another way may get other roles.
fn is_run(project: &Project, task: Task) -> bool {
    let is_ours = |found: Task| found.resource.is(task.resource);
    let mut services = project.services().filter_map(|service| service.task().known());
    services.any(is_ours)
}

fn untrusted(project: &Project, role: &Resource, entry: &Entry) -> Option<Finding> {
    if role.ignores("AssumeRolePolicyDocument") {
        return None;
    }
    let policy = project.view(role).object("AssumeRolePolicyDocument").known()?;
    // Service principals in other partitions have another suffix.
    let others = trusts_others(policy, "ecs-tasks.")?;
    // A policy that allows nobody is deliberate.
    let at = others.first().map(|(_, place)| *place)?;
    let trusted = join_and(others.iter().map(|(name, _)| name.as_str()));
    Some(
        Finding::at(
            at,
            format!("the trust policy allows only {trusted}, so ECS tasks cannot assume the role"),
        )
        .label(Place::from(role.header), "the role")
        .label(&entry.value, format!("the task definition uses it as `{}`", entry.written))
        .help(format!("allow the service principal `{SERVICE}` to call `sts:AssumeRole`")),
    )
}
