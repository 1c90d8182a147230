//! The stable form in which rule pages and cases hold findings: nothing in it depends on a terminal.
//!
//! ```text
//! main.tf:3:5 error[rule-name] message
//!   main.tf:7:3 what this place has to do with it
//!   help: what to write instead
//!   fix: what the edit does
//! ```

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Safety};
use crate::sources::Sources;
use crate::span::{Position, Span};

/// Writes the findings.
///
/// # Errors
/// Those of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    outcome.diagnostics.iter().try_for_each(|found| write_one(found, sources, out))
}

fn write_one(found: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let Diagnostic { rule, severity, message, .. } = found;
    writeln!(out, "{} {}[{rule}] {message}", place(found.span, sources), severity.name())?;
    for label in &found.labels {
        writeln!(out, "  {} {}", place(label.span, sources), label.message)?;
    }
    if let Some(help) = &found.help {
        writeln!(out, "  help: {help}")?;
    }
    match &found.fix {
        Some(fix) if fix.safety == Safety::Safe => writeln!(out, "  fix: {}", fix.title),
        Some(fix) => writeln!(out, "  unsafe fix: {}", fix.title),
        None => Ok(()),
    }
}

/// `main.tf:3:5`, counted from 1, columns in Unicode scalar values.
pub(crate) fn place(span: Span, sources: &Sources) -> String {
    let Position { line, column } = sources.get(span.file).position(span.start);
    format!("{}:{line}:{column}", sources.name(span.file))
}
