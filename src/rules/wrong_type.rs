//! See `rules/wrong-type.md`.

use super::prelude::*;
use crate::diagnostic::Literal;
use crate::model::{Violation, ViolationKind};
use crate::value::{Node, NodeKind};

/// Reports values of a type that the API does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        if let ViolationKind::Type { wanted } = violation.kind {
            report.add(finding(violation, wanted));
        }
    }
}

fn finding(violation: &Violation, wanted: &str) -> Finding {
    let called = match violation.called.as_str() {
        "" => "the request".to_owned(),
        called => format!("`{called}`"),
    };
    let (given, expected) = (given(violation, wanted), expected(violation, wanted));
    let message = format!("{called} must be {expected} (got {given})");
    // A number or a boolean in a template or a local has no quotes that the value itself could get.
    if let (Some(place), Some((text, Literal::Text(_)))) =
        (violation.node.used, right(&violation.node, wanted))
    {
        return Finding::at(place, message)
            .label(violation.node.at, format!("`{text}` is written here"))
            .help("put it in quotes here");
    }
    let finding = Finding::at(&violation.node, message);
    match right(&violation.node, wanted) {
        Some((text, Literal::Text(quoted))) => {
            let change = Change::set(&violation.node, quoted.as_str());
            let quote = format!("put `{text}` in quotes");
            finding.help(&*quote).fix(Safety::Safe, quote, vec![change])
        }
        Some((text, bare)) => {
            let change = Change::set(&violation.node, bare);
            let unquote = format!("remove the quotes around `{text}`");
            finding.help(&*unquote).fix(Safety::Safe, unquote, vec![change])
        }
        None => finding.help(help(wanted)),
    }
}

/// Describes the value. A string is shown only where a number or a boolean is expected: elsewhere it may be a secret.
fn given(violation: &Violation, wanted: &str) -> String {
    let is_scalar = matches!(wanted, "integer" | "number" | "boolean");
    match (&violation.node.kind, violation.node.as_str()) {
        (_, Some(text)) if is_scalar && text.len() <= 40 => format!("the string \"{text}\""),
        (NodeKind::Number(text), _) => format!("the number {text}"),
        (NodeKind::Bool(value), _) => format!("the boolean `{value}`"),
        (NodeKind::Array(_), _) => "a list".to_owned(),
        (NodeKind::Object(_), _) => "an object".to_owned(),
        _ => "a string".to_owned(),
    }
}

fn expected(violation: &Violation, wanted: &str) -> &'static str {
    match wanted {
        "integer" if matches!(violation.node.kind, NodeKind::Number(_)) => "a whole number",
        "integer" | "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        "object" => "an object",
        _ => "a string",
    }
}

/// Returns the text of the value and the value in the right type; `None` if more than the quotes is wrong.
fn right<'n>(node: &'n Node, wanted: &str) -> Option<(&'n str, Literal)> {
    match (&node.kind, wanted) {
        (NodeKind::Number(text), "string") => Some((text, Literal::from(text.as_str()))),
        (NodeKind::Bool(value), "string") => {
            let text = if *value { "true" } else { "false" };
            Some((text, Literal::from(text)))
        }
        (_, "integer") => {
            let text = node.as_str()?;
            let number: i64 = text.parse().ok()?;
            (number.to_string() == text).then_some((text, Literal::from(number)))
        }
        (_, "boolean") => {
            let text = node.as_str()?;
            Some((text, Literal::from(text.parse::<bool>().ok()?)))
        }
        _ => None,
    }
}

fn help(wanted: &str) -> &'static str {
    match wanted {
        "integer" => "write a whole number without quotes",
        "number" => "write a number without quotes",
        "boolean" => "write `true` or `false` without quotes",
        "array" => "write a list (`[…]`), even for a single item",
        "object" => "write an object (`{…}`)",
        _ => "write a string in quotes",
    }
}
