//! SonarQube's generic format for issues of other programs.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::escaped;
use crate::report::plain::with_help;
use crate::rules::{self, Category, Rule};
use crate::source::{Sources, Span};

/// Writes the rules that found something, and the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let named: BTreeSet<(&str, &str)> =
        outcome.diagnostics.iter().map(|found| (found.rule, impact(worst(found.rule, outcome)))).collect();
    let report = json!({
        "rules": named.into_iter().map(|(name, impact)| descriptor(name, impact)).collect::<Vec<_>>(),
        "issues": outcome.diagnostics.iter().map(|found| issue(found, sources)).collect::<Vec<_>>(),
    });
    escaped::write(out, &report)
}

/// The highest severity of a rule's findings. The format has severities for rules, not for findings.
fn worst(rule: &str, outcome: &Outcome) -> Severity {
    let mut own = outcome.diagnostics.iter().filter(|found| found.rule == rule);
    if own.any(|found| found.severity == Severity::Error) { Severity::Error } else { Severity::Warning }
}

fn impact(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "HIGH",
        Severity::Warning => "MEDIUM",
    }
}

fn descriptor(name: &str, impact: &str) -> Value {
    let rule = rules::find(name);
    let is_security = rule.is_some_and(|rule| rule.category == Category::Security);
    let (quality, kind) = if is_security { ("SECURITY", "VULNERABILITY") } else { ("RELIABILITY", "BUG") };
    json!({
        "id": name,
        "name": rule.map_or(name, |rule| rule.title),
        "description": rule.map(Rule::url).unwrap_or_default(),
        "engineId": "ecslint",
        "cleanCodeAttribute": if is_security { "TRUSTWORTHY" } else { "LOGICAL" },
        // Servers before version 10.3 require these two.
        "type": kind,
        "severity": if impact == "HIGH" { "CRITICAL" } else { "MAJOR" },
        "impacts": [{ "softwareQuality": quality, "severity": impact }],
    })
}

fn issue(found: &Diagnostic, sources: &Sources) -> Value {
    let message = with_help(found);
    let others = found.labels.iter().map(|label| location(&label.message, label.span, sources));
    json!({
        "ruleId": found.rule,
        "primaryLocation": location(&message, found.span, sources),
        "secondaryLocations": others.collect::<Vec<_>>(),
    })
}

fn location(message: &str, span: Span, sources: &Sources) -> Value {
    json!({
        "message": message,
        "filePath": sources.name(span.file),
        "textRange": range(span, sources),
    })
}

/// The range of a span. Lines begin with 1, columns with 0, and a column is a UTF-16 unit. The server refuses an empty range,
/// and reads one without columns as the whole lines.
fn range(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.file);
    let point = |offset: u32| {
        let line = source.line(offset as usize);
        let before = &source.text[source.line_start(line)..offset as usize];
        (line + 1, before.encode_utf16().count())
    };
    let ((line, column), (end_line, end_column)) = (point(span.start), point(span.end));
    if span.start == span.end {
        return json!({ "startLine": line });
    }
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}
