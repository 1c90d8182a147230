//! See `rules/unknown-secret-key.md`.

use super::prelude::*;
use crate::model::{SecretKeys, key_of};
use crate::suggest::nearest;

/// Reports JSON keys of secrets that the value of the secret does not have. No message contains a value.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(container.secrets().into_iter().filter_map(|secret| missing(project, secret)));
    }
}

fn missing(project: &Project, secret: View) -> Option<Finding> {
    let keys = project.secret_keys(&secret.entry("valueFrom")?.value)?;
    let rotation = keys.rotation.map(|place| (place, "the rotation replaces the value"));
    let finding = without_key(secret, &keys)?;
    // What rotates the secret knows its keys.
    Some(if rotation.is_some() { finding.labels(rotation).warning() } else { finding })
}

fn without_key(secret: View, SecretKeys { keys, place, .. }: &SecretKeys) -> Option<Finding> {
    let field = secret.field("valueFrom");
    let value = &field.entry()?.value;
    let key = key_of(value)?;
    let called =
        secret.str("name").known().map_or_else(|| "a secret".to_owned(), |name| format!("secret `{name}`"));
    let start = format!("`{field}` of {called} selects the JSON key `{key}`");
    let Some(keys) = keys else {
        let message = format!("{start}, but the value of the secret is not a JSON object");
        return Some(
            Finding::at(value, message).label(*place, "sets a value that is not a JSON object").help(
                format!(
                    "set the value to a JSON object with the key `{key}`, or remove the key from `{field}`"
                ),
            ),
        );
    };
    if keys.contains(&key) {
        return None;
    }
    let finding = Finding::at(value, format!("{start}, which the value of the secret does not have"))
        .label(*place, "sets the value of the secret");
    Some(match nearest(key, keys.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => {
            finding.help(format!("add the key `{key}` to the value of the secret, or select an existing key"))
        }
    })
}
