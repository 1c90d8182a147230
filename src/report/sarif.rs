//! SARIF 2.1.0, for GitHub code scanning and other viewers.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::engine::fingerprint::{self, Moved};
use crate::engine::{self, Outcome};
use crate::report::escaped;
use crate::report::region::region;
use crate::report::uri::uri;
use crate::rules::{RULES, Rule};
use crate::source::{Sources, Span};

/// Writes the findings and all rule pages.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let fingerprints = fingerprint::all(outcome, sources, Moved::New);
    let results: Vec<Value> = outcome
        .diagnostics
        .iter()
        .zip(fingerprints)
        .map(|(found, print)| result(found, &print, outcome, sources))
        .collect();
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ecslint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": RULES.iter().map(descriptor).collect::<Vec<_>>(),
            }},
            "invocations": [{ "executionSuccessful": !outcome.has_defects() && outcome.limits().next().is_none() }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    escaped::write(out, &report)
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": sentence(rule.title) },
        "fullDescription": { "text": rule.summary() },
        "helpUri": rule.url(),
        "help": { "text": rule.text(), "markdown": rule.text() },
        "defaultConfiguration": {
            "enabled": rule.category.severity().is_some(),
            "level": rule.category.severity().map_or("note", Severity::name),
        },
        "properties": { "tags": ["ecs", rule.category.name()], "precision": "very-high" },
    })
}

/// Formats a title as a sentence, which viewers expect.
fn sentence(title: &str) -> String {
    let mut letters = title.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

fn result(found: &Diagnostic, fingerprint: &str, outcome: &Outcome, sources: &Sources) -> Value {
    let text = match &found.help {
        Some(help) => format!("{}; {help}.", found.message),
        None => format!("{}.", found.message),
    };
    let related: Vec<Value> = found
        .labels
        .iter()
        .zip(1_u32..)
        .map(|(label, id)| {
            let mut place = location(label.span, sources);
            place["id"] = id.into();
            place["message"] = json!({ "text": label.message });
            place
        })
        .collect();
    let mut result = json!({
        "ruleId": found.rule,
        "level": found.severity.name(),
        "message": { "text": text },
        "locations": [location(found.span, sources)],
        "partialFingerprints": {
            "ecslint/v1": fingerprint,
            // The only fingerprint that GitHub uses.
            "primaryLocationLineHash": format!("{fingerprint}:1"),
        },
    });
    if let Some(index) = RULES.iter().position(|rule| rule.name == found.rule) {
        result["ruleIndex"] = index.into();
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(fix) = found.fix.as_ref().filter(|fix| engine::allows(&outcome.redactor, fix)) {
        result["fixes"] = json!([repair(fix, sources)]);
    }
    result
}

fn location(span: Span, sources: &Sources) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&sources.name(span.file)) },
        "region": shown(span, sources),
    }})
}

fn shown(span: Span, sources: &Sources) -> Value {
    let (start, end) = region(span, sources);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn repair(fix: &Fix, sources: &Sources) -> Value {
    // The edits are ordered by path.
    let mut files: Vec<_> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    let change = |file| {
        let edits = fix.edits.iter().filter(|edit| edit.span.file == file);
        json!({
            "artifactLocation": { "uri": uri(&sources.name(file)) },
            "replacements": edits.map(|edit| replacement(edit, sources)).collect::<Vec<_>>(),
        })
    };
    let certain = match fix.safety {
        Safety::Safe => "",
        Safety::Unsafe => " (unsafe fix: review it before you apply it)",
    };
    json!({
        "description": { "text": format!("{}{certain}.", fix.title) },
        "artifactChanges": files.into_iter().map(change).collect::<Vec<_>>(),
    })
}

fn replacement(edit: &Edit, sources: &Sources) -> Value {
    json!({
        "deletedRegion": shown(edit.span, sources),
        "insertedContent": { "text": edit.text },
    })
}
