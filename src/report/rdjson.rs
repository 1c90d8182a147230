//! Reviewdog Diagnostic Format, for reviewdog, which comments on pull requests on many code hosts.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{self, Outcome};
use crate::report::escaped;
use crate::rules;
use crate::source::{Sources, Span};

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let report = json!({
        "source": { "name": "ecslint", "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": outcome.diagnostics.iter().map(|found| entry(found, outcome, sources)).collect::<Vec<_>>(),
    });
    escaped::write(out, &report)
}

fn entry(found: &Diagnostic, outcome: &Outcome, sources: &Sources) -> Value {
    let help = found.help.iter().map(|help| format!("\nhelp: {help}"));
    let message: String = std::iter::once(found.message.clone()).chain(help).collect();
    let related = found
        .labels
        .iter()
        .map(|label| json!({ "message": label.message, "location": location(label.span, sources) }));
    let mut entry = json!({
        "message": message,
        "location": location(found.span, sources),
        "severity": match found.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        },
        "code": {
            "value": found.rule,
            "url": rules::find(found.rule).map(rules::Rule::url).unwrap_or_default(),
        },
        "relatedLocations": related.collect::<Vec<_>>(),
    });
    // Each suggestion can be accepted separately, so a fix with several edits has no suggestion.
    let shown = found.fix.as_ref().filter(|fix| engine::allows(&outcome.redactor, fix));
    if let Some([edit]) = shown.map(|fix| fix.edits.as_slice())
        && edit.span.file == found.span.file
    {
        entry["suggestions"] = json!([{ "range": range(edit.span, sources), "text": edit.text }]);
    }
    entry
}

fn location(span: Span, sources: &Sources) -> Value {
    json!({ "path": sources.name(span.file), "range": range(span, sources) })
}

/// The range of a span. The format counts lines and bytes of a line from 1.
fn range(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.file);
    let point = |offset: u32| {
        let line = source.line(offset as usize);
        json!({ "line": line + 1, "column": offset as usize - source.line_start(line) + 1 })
    };
    json!({ "start": point(span.start), "end": point(span.end) })
}
