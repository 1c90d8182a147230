//! See `rules/wrong-type.md`.

use super::prelude::*;
use crate::diagnostic::Literal;
use crate::model::{Violation, ViolationKind};
use crate::value::{Node, NodeKind};

/// Reports values of a type that the API does not take.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        if let ViolationKind::Type { wanted } = violation.kind {
            report.add(finding(violation, wanted));
        }
    }
}

fn finding(violation: &Violation, wanted: &str) -> Finding {
    let called = if violation.called.is_empty() { "the request" } else { &violation.called };
    let (given, expected) = (given(violation, wanted), expected(violation, wanted));
    let finding =
        Finding::at(&violation.node, format!("`{called}` is {given}, but the API takes {expected}"));
    match right(&violation.node, wanted) {
        Some((text, Literal::Text(quoted))) => {
            let change = Change::set(&violation.node, quoted.as_str());
            finding.help("put it in quotes").fix(
                Safety::Safe,
                format!("write {text} in quotes"),
                vec![change],
            )
        }
        Some((text, bare)) => {
            let change = Change::set(&violation.node, bare);
            finding.help("remove the quotes").fix(
                Safety::Safe,
                format!("write {text} without quotes"),
                vec![change],
            )
        }
        None => finding.help(help(wanted)),
    }
}

/// What the value is. A text is shown only where it stands for a number or a boolean: it may be a secret elsewhere.
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

/// The value in the right type, where only quotes are wrong, with the text it has in both.
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
        "integer" => "write a whole number, without quotes",
        "number" => "write a number, without quotes",
        "boolean" => "write `true` or `false`, without quotes",
        "array" => "write a list, `[…]`, even of one item",
        "object" => "write an object, `{…}`",
        _ => "write a string, in quotes",
    }
}
