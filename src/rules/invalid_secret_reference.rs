//! See `rules/invalid-secret-reference.md`.

use super::prelude::*;
use crate::model::{Fault, reference_fault};

/// Reports secrets whose `valueFrom` leads nowhere.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(container.secrets().into_iter().filter_map(misnamed));
    }
}

/// The value itself is not said: somebody may have written the secret there.
fn misnamed(secret: View) -> Option<Finding> {
    let field = secret.field("valueFrom");
    let Known(text, place) = field.str() else { return None };
    let called =
        secret.str("name").known().map_or_else(|| "a secret".to_owned(), |name| format!("secret `{name}`"));
    let fault = reference_fault(text)?;
    let (message, help) = match &fault {
        Fault::Name(wrong) => (
            format!("`{field}` of {called} is no ARN, and the name of a parameter has no `{wrong}`"),
            "write the full ARN of the secret or parameter, or the name of a parameter",
        ),
        Fault::Service(service) => (
            format!("`{field}` of {called} is an ARN of `{service}`, which keeps no secrets for ECS"),
            "write the ARN of a secret of `secretsmanager` or of a parameter of `ssm`",
        ),
        Fault::Parameter => (
            format!("`{field}` of {called} is an ARN of Parameter Store that names no parameter"),
            "end it with `:parameter/<name>`",
        ),
        Fault::Secret => (
            format!("`{field}` of {called} is an ARN of Secrets Manager that names no secret"),
            "end it with `:secret:<name>-<six characters>`",
        ),
        Fault::Tail(count) => (
            format!(
                "`{field}` of {called} has {count} field{} behind the secret's name, not 3",
                if *count == 1 { "" } else { "s" }
            ),
            "end it with `:<JSON key>:<version stage>:<version id>`; each may be empty, but not the colons",
        ),
    };
    let finding = Finding::at(place, message).help(help);
    let colons = match fault {
        Fault::Tail(count @ (1 | 2)) => ":".repeat(3 - count),
        _ => return Some(finding),
    };
    let change = field.set(format!("{text}{colons}").as_str());
    Some(finding.fix(Safety::Safe, format!("add `{colons}`"), change))
}
