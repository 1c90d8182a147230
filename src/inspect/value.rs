//! The value of an expression, and where it comes from.

use std::collections::BTreeSet;

use crate::frontend::{Claim, claim};
use crate::inspect::tree::{self, Located};
use crate::inspect::{Point, Snapshot};
use crate::source::Span;
use crate::value::{Node, NodeKind, Unknown};

/// Maximum length of a shown value, in characters.
const MAX_LEN: usize = 1500;

/// Maximum length of the name of an unknown value, in characters.
const MAX_NAME: usize = 200;

/// The value of the expression at a point of a Terraform file or template, for every instance.
pub(super) fn describe(run: Snapshot, point: Point) -> Option<(Span, String)> {
    let spots = tree::at(&run.reading.workspace, point);
    let shortest = spots.iter().map(|located| located.place).min_by_key(|place| place.range().len())?;
    let is_evaluated = claim(&run.sources.get(point.file).path) == Claim::Certain
        || run.sources.text(shortest).contains("${");
    if !is_evaluated {
        return None;
    }
    let mut values: Vec<String> = Vec::new();
    for located in spots.iter().filter(|located| located.place == shortest) {
        let value = provenance(run, located)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Some((shortest, values.join("\n\n")))
}

/// The value and its origin; `None` if the value is written literally.
fn provenance(run: Snapshot, located: &Located) -> Option<String> {
    let node = located.node;
    let hidden = &run.outcome.redactor.spans;
    if hidden.hold(node.at) || node.at.is_secret {
        return Some("Credential (value hidden).".to_owned());
    }
    if let NodeKind::Unknown(why) = &node.kind {
        let name = if located.is_of_template() { written(run, node.at) } else { why.name().to_string() };
        return Some(format!(
            "`{name}` is unknown before {}.{}",
            located.event(),
            inconclusive(run, node, why)
        ));
    }
    if let NodeKind::Text(text) = &node.kind
        && text.json().is_none()
        && text.known().is_none()
    {
        if located.is_of_template() {
            let names: Vec<String> =
                text.unknown_places().map(|at| format!("`{}`", written(run, at))).collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            return Some(format!("{} {verb} unknown before {}", names.join(", "), located.event()));
        }
        let whole = node.to_json();
        let whole = whole["$unknown"].as_str().unwrap_or_default().to_owned();
        return Some(format!("`{whole}`: `{}` is unknown before apply", text.unknown_name()));
    }
    let is_literal = node.used.is_none() && !matches!(node.kind, NodeKind::Text(_));
    if is_literal {
        return None;
    }
    let json = serde_json::to_string_pretty(&node.to_json_without(hidden)).unwrap_or_default();
    let shown: String = json.chars().take(MAX_LEN).collect();
    let more = if shown.len() < json.len() { "\n…" } else { "" };
    let source = run.sources.get(node.at.file);
    let written = match node.used {
        Some(_) => {
            let line = source.position(node.at.start).line;
            format!("\n\ndefined in {}:{line}", run.sources.name(node.at.file))
        }
        None => String::new(),
    };
    Some(format!("```json\n{shown}{more}\n```{written}"))
}

/// What is written at a place, on one line.
fn written(run: Snapshot, at: Span) -> String {
    let words: Vec<&str> = run.sources.text(at).split_whitespace().collect();
    words.join(" ").chars().take(MAX_NAME).collect()
}

/// The rules that an unknown value leaves undecided, if the user can provide the value. Empty for values that only AWS
/// knows.
fn inconclusive(run: Snapshot, node: &Node, why: &Unknown) -> String {
    let can_be_given =
        matches!(why, Unknown::Output { .. } | Unknown::Reference(_) | Unknown::Placeholder(_));
    let here =
        run.outcome.inconclusive.iter().filter(|inconclusive| can_be_given && inconclusive.span == node.at);
    let rules: BTreeSet<&str> = here.map(|inconclusive| inconclusive.rule).collect();
    if rules.is_empty() {
        String::new()
    } else {
        format!(" Undecided rules: {}.", rules.into_iter().collect::<Vec<_>>().join(", "))
    }
}
