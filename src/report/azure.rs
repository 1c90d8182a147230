//! Logging commands of Azure Pipelines, which annotate a run.

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::Diagnostic;
use crate::report::obeyed::one_line;
use crate::report::plain::with_help;
use crate::report::region::region;
use crate::source::Sources;

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    outcome.diagnostics.iter().try_for_each(|found| write_one(found, sources, out))
}

fn write_one(found: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let (start, _) = region(found.span, sources);
    let (severity, rule) = (found.severity.name(), property(found.rule));
    let path = property(&sources.name(found.span.file));
    write!(out, "##vso[task.logissue type={severity};sourcepath={path};linenumber={}", start.line)?;
    write!(out, ";columnnumber={};code={rule};]", start.column)?;
    writeln!(out, "{}", data(&one_line(&with_help(found))))
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a command's property.
fn property(text: &str) -> String {
    data(&one_line(text)).replace(';', "%3B").replace(']', "%5D")
}
