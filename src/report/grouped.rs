//! One line per finding, below the name of its file.

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::Diagnostic;
use crate::report::obeyed::one_line;
use crate::report::plain::{self, by_file};
use crate::report::region::region;
use crate::report::style::{Role, Style};
use crate::source::Sources;

/// Writes the findings, with an empty line after each file.
///
/// # Errors
/// Those of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, style: Style, out: &mut dyn Write) -> io::Result<()> {
    by_file(outcome).try_for_each(|findings| write_file(findings, sources, style, out))
}

fn write_file(
    findings: &[Diagnostic],
    sources: &Sources,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(first) = findings.first() else { return Ok(()) };
    let name = plain::path(&sources.name(first.span.file));
    writeln!(out, "{}:", style.paint(Role::Strong, &name))?;
    let place = |found: &Diagnostic| {
        let (start, _) = region(found.span, sources);
        format!("{}:{}", start.line, start.column)
    };
    let width = findings.iter().map(|found| place(found).len()).max().unwrap_or_default();
    for found in findings {
        let severity = format!("{}[{}]", found.severity.name(), found.rule);
        let severity = style.paint(Role::Severity(found.severity), &severity);
        writeln!(out, "  {:<width$}  {severity} {}", place(found), one_line(&found.message))?;
    }
    writeln!(out)
}
