//! GitLab code quality report, a subset of the Code Climate format.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::fingerprint::{self, Moved};
use crate::report::escaped;
use crate::report::region::region;
use crate::source::Sources;

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let fingerprints = fingerprint::all(outcome, sources, Moved::New);
    let entries = outcome.diagnostics.iter().zip(fingerprints);
    let report: Vec<Value> = entries.map(|(found, print)| entry(found, &print, sources)).collect();
    escaped::write(out, &report)
}

fn entry(found: &Diagnostic, fingerprint: &str, sources: &Sources) -> Value {
    let (start, end) = region(found.span, sources);
    json!({
        "type": "issue",
        "description": found.message,
        "check_name": found.rule,
        "fingerprint": fingerprint,
        "severity": match found.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        "location": {
            "path": sources.name(found.span.file),
            "lines": { "begin": start.line, "end": end.line },
        },
    })
}
