//! See `rules/invalid-secret-reference.md`.

use std::borrow::Cow;

use super::prelude::*;
use crate::model::{Fault, not_a_reference, reference_fault};

/// Reports secrets whose `valueFrom` is not a valid reference.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(container.secrets().into_iter().filter_map(misnamed));
        report.extend(container.secrets().into_iter().filter_map(other_value));
    }
}

/// Reports a reference to an attribute that is neither an ARN nor the name of a parameter.
fn other_value(secret: View) -> Option<Finding> {
    let field = secret.field("valueFrom");
    let value = &field.entry()?.value;
    let what = not_a_reference(value)?;
    let place = Place::from(value);
    let called =
        secret.str("name").known().map_or_else(|| "a secret".to_owned(), |name| format!("secret `{name}`"));
    Some(
        Finding::at(
            place.used.map_or(place, Place::from),
            format!("`{field}` of {called} is {what}, not a reference"),
        )
        .help("use the ARN of the secret or parameter that stores the value"),
    )
}

/// Reports an invalid reference. The message does not quote the value, because it could be the secret itself.
fn misnamed(secret: View) -> Option<Finding> {
    let field = secret.field("valueFrom");
    let Known(text, place) = secret.form("valueFrom") else { return None };
    let called =
        secret.str("name").known().map_or_else(|| "a secret".to_owned(), |name| format!("secret `{name}`"));
    let fault = reference_fault(&text)?;
    let (message, help) = match &fault {
        Fault::Name(wrong) => (
            format!("`{field}` of {called} is not an ARN, and a parameter name cannot contain `{wrong}`"),
            "use the full ARN of the secret or parameter, or the name of a parameter",
        ),
        Fault::Service(service) => (
            format!("`{field}` of {called} is an ARN of `{service}`: expected `secretsmanager` or `ssm`"),
            "use the ARN of a Secrets Manager secret or of a Parameter Store parameter",
        ),
        Fault::Incomplete => (
            format!("`{field}` of {called} is an ARN without a Region or account ID"),
            "use the full ARN: `arn:aws:secretsmanager:<Region>:<account>:secret:<name>-<six characters>`",
        ),
        Fault::Parameter => (
            format!("`{field}` of {called} is a Parameter Store ARN without a parameter name"),
            "end the ARN with `:parameter/<name>`",
        ),
        Fault::Key => (
            format!(
                "`{field}` of {called} is a Parameter Store ARN with a JSON key, which only secrets have"
            ),
            "end the ARN with the name of the parameter",
        ),
        Fault::Secret => (
            format!("`{field}` of {called} is a Secrets Manager ARN without a secret name"),
            "end the ARN with `:secret:<name>-<six characters>`",
        ),
        Fault::Tail(count) => (
            format!("`{field}` of {called} must have 0 or 3 fields after the secret name (got {count})"),
            "end the ARN with `:<JSON key>:<version stage>:<version ID>`; fields can be empty, but all colons are required",
        ),
    };
    let finding = Finding::at(place, message).help(help);
    let (colons, text) = match (fault, text) {
        (Fault::Tail(count @ (1 | 2)), Cow::Borrowed(text)) => (":".repeat(3 - count), text),
        _ => return Some(finding),
    };
    let change = field.set(format!("{text}{colons}").as_str());
    Some(finding.fix(Safety::Safe, format!("append `{colons}`"), change))
}
