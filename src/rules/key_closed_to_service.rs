//! See `rules/key-closed-to-service.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::value::Node;

/// Reports KMS keys that a service encrypts with and whose policies do not allow it.
pub fn check(project: &Project, report: &mut Report) {
    for group in project.of(Kind::LogGroup) {
        let field = project.view(group).field("kmsKeyId");
        report.extend(field.entry().and_then(|entry| closed(*project, group, &entry.value)));
    }
}

fn closed(project: Project, group: &Resource, named: &Node) -> Option<Finding> {
    let key = project.declared(&[Kind::Key], named)?;
    let missing = project.missing_for_logs(key)?;
    let place = Place::header(key);
    let view = project.view(key);
    let message = if view.field("Policy").is_missing() {
        "the key has no policy, so CloudWatch Logs cannot encrypt with it".to_owned()
    } else {
        format!("the policy of the key does not allow CloudWatch Logs `{missing}`")
    };
    Some(
        Finding::at(place, message)
            .label(named, "CloudWatch Logs encrypts the log group with this key")
            .label(Place::header(group), "the log group")
            .help("allow the actions to the service `logs.<Region>.amazonaws.com` in the policy of the key"),
    )
}
