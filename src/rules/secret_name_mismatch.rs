//! See `rules/secret-name-mismatch.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::suggest::is_typo;
use crate::value::Node;

/// Reports names of secrets and parameters that no file defines and that resemble one that no container reads.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(
            container.secrets().into_iter().filter_map(|secret| misnamed(*project, container, secret)),
        );
    }
}

fn misnamed(project: Project, container: Container, secret: View) -> Option<Finding> {
    let field = secret.field("valueFrom");
    let value = &field.entry()?.value;
    let unit = container.task.resource.unit();
    let (kind, name) = named(value.as_str()?)?;
    let all = project.all_named(kind, "Name", unit)?;
    let is_same = |known: &str| known.trim_start_matches('/') == name.trim_start_matches('/');
    if all.iter().any(|(known, _)| is_same(known)) {
        return None;
    }
    let mut near = all.iter().filter(|(known, _)| is_near(&name, known));
    let (known, made): &(&str, &Resource) = near.next()?;
    if near.next().is_some() || is_read(project, made, known) {
        return None;
    }
    let (called, noun) = match kind {
        Kind::Secret => ("secret", "secret"),
        _ => ("parameter", "parameter"),
    };
    let message = format!("`{field}` names the {called} `{name}`, but the configuration defines `{known}`");
    Some(
        Finding::at(value, message)
            .label(Place::header(made), format!("defines the {noun} `{known}`, which no container reads"))
            .help(format!("did you mean `{known}`?")),
    )
}

/// The kind and name of what a reference selects: a parameter by name or ARN, or a secret by ARN.
fn named(text: &str) -> Option<(Kind, String)> {
    if !text.starts_with("arn:") {
        return Some((Kind::Parameter, text.to_owned()));
    }
    let fields: Vec<&str> = text.split(':').collect();
    match fields.as_slice() {
        [_, _, "ssm", _, _, path] => Some((Kind::Parameter, path.strip_prefix("parameter")?.to_owned())),
        [_, _, "secretsmanager", _, _, "secret", name, ..] => {
            // The ARN of a secret ends with a hyphen and six characters.
            let (name, suffix) = name.rsplit_once('-')?;
            (suffix.len() == 6).then(|| (Kind::Secret, name.to_owned()))
        }
        _ => None,
    }
}

/// Returns `true` if the last parts of two paths differ by a typo, and all other parts are the same.
fn is_near(one: &str, other: &str) -> bool {
    let parts = |path: &str| path.trim_start_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    let (ours, theirs) = (parts(one), parts(other));
    let differing: Vec<_> = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).collect();
    ours.len() == theirs.len() && matches!(differing.as_slice(), [(ours, theirs)] if is_typo(ours, theirs))
}

/// Returns `true` if a container in the same unit reads a secret, by name or by reference.
fn is_read(project: Project, made: &Resource, name: &str) -> bool {
    let reads = |value: &Node| {
        value.as_str().and_then(named).is_some_and(|(_, other)| other == name)
            || crate::model::without_key(value)
                .resource()
                .is_some_and(|of| made.address.as_ref().is_some_and(|ours| !ours.is_certainly_other(of)))
    };
    let mut containers =
        project.containers().filter(|container| container.task.resource.unit() == made.unit());
    containers.any(|container| {
        let secrets = container.secrets();
        secrets.iter().any(|secret| secret.entry("valueFrom").is_some_and(|entry| reads(&entry.value)))
    })
}
