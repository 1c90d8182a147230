//! See `rules/invalid-role-arn.md`.

use super::prelude::*;
use crate::model::not_a_role;
use crate::value::NodeKind;

/// Reports roles of task definitions that are not IAM roles.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions().chain(project.express_services()) {
        let roles = task.view.fields(["taskRoleArn", "executionRoleArn"]);
        for entry in roles.into_iter().filter_map(Field::entry) {
            let Some(why) = not_a_role(&entry.value) else { continue };
            let written = match &entry.value.kind {
                NodeKind::Unknown(unknown) => unknown.name().to_string(),
                _ => entry.value.as_str().map_or_else(
                    || format!("{}…{}", entry.value.known_start(), entry.value.known_end()),
                    str::to_owned,
                ),
            };
            let message = format!("`{}` must be a role, but `{written}` {why}", entry.written);
            report.add(
                Finding::at(Place::from(&entry.value), message)
                    .help("use a role ARN of the form `arn:aws:iam::<account>:role/<name>`"),
            );
        }
    }
}
