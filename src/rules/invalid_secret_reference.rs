//! See `rules/invalid-secret-reference.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::{Fault, reference_fault};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports secrets whose `valueFrom` leads nowhere.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for secret in container.secrets() {
            if let Some(finding) = misnamed(secret) {
                report.add(finding);
            }
        }
    }
}

/// The value itself is not said: somebody may have written the secret there.
fn misnamed(secret: View) -> Option<Finding> {
    let Known(text, place) = secret.str("valueFrom") else { return None };
    let called =
        secret.str("name").known().map_or_else(|| "a secret".to_owned(), |name| format!("secret `{name}`"));
    let term = secret.term("valueFrom");
    let fault = reference_fault(text)?;
    let (message, help) = match &fault {
        Fault::Name(wrong) => (
            format!("`{term}` of {called} is no ARN, and the name of a parameter has no `{wrong}`"),
            "write the full ARN of the secret or parameter, or the name of a parameter",
        ),
        Fault::Service(service) => (
            format!("`{term}` of {called} is an ARN of `{service}`, which keeps no secrets for ECS"),
            "write the ARN of a secret of `secretsmanager` or of a parameter of `ssm`",
        ),
        Fault::Parameter => (
            format!("`{term}` of {called} is an ARN of Parameter Store that names no parameter"),
            "end it with `:parameter/<name>`",
        ),
        Fault::Secret => (
            format!("`{term}` of {called} is an ARN of Secrets Manager that names no secret"),
            "end it with `:secret:<name>-<six characters>`",
        ),
        Fault::Tail(count) => (
            format!(
                "`{term}` of {called} has {count} field{} behind the secret's name, not 3",
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
    let change = Change::set(&secret.entry("valueFrom")?.value, format!("{text}{colons}").as_str());
    Some(finding.fix(Safety::Safe, format!("add `{colons}`"), vec![change]))
}
