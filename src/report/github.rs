//! GitHub Actions workflow commands, which annotate the lines of a pull request.

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::Diagnostic;
use crate::report::obeyed::{escape, one_line, replaced};
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
    let (start, end) = region(found.span, sources);
    let file = property(&sources.name(found.span.file));
    write!(out, "::{} file={file},line={},endLine={}", found.severity.name(), start.line, end.line)?;
    // GitHub rejects columns for ranges of several lines.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    let help = found.help.iter().map(|help| format!("\nhelp: {}", one_line(help)));
    let text: String = std::iter::once(one_line(&found.message)).chain(help).collect();
    writeln!(out, ",title=ecslint {}::{}", property(found.rule), data(&text))
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a command's property, in which a colon has an escape of its own.
fn property(text: &str) -> String {
    let text = replaced(text, |c, shown| if c == ':' { shown.push(c) } else { escape(c, shown) });
    data(&text).replace(':', "%3A").replace(',', "%2C")
}
