//! The stable text form of findings in rule pages and test cases. It does not depend on a terminal.
//!
//! ```text
//! main.tf:3:5 error[rule-name] message
//!   main.tf:7:3 label
//!   help: what to write instead
//!   fix: what the edit does
//! ```

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::report::obeyed::one_line;
use crate::secrets;
use crate::source::{Position, Sources, Span};

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    outcome.diagnostics.iter().try_for_each(|found| write_one(found, sources, out))
}

fn write_one(found: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let Diagnostic { rule, severity, message, .. } = found;
    let message = one_line(message);
    writeln!(out, "{} {}[{rule}] {message}", place(found.span, sources), severity.name())?;
    for label in &found.labels {
        writeln!(out, "  {} {}", place(label.span, sources), one_line(&label.message))?;
    }
    if let Some(help) = &found.help {
        writeln!(out, "  help: {}", one_line(help))?;
    }
    found.fix.iter().try_for_each(|fix| writeln!(out, "  {}", offered(fix)))
}

/// The title of a fix, and whether it should be reviewed.
pub(crate) fn offered(fix: &Fix) -> String {
    let word = match fix.safety {
        Safety::Safe => "fix",
        Safety::Unsafe => "unsafe fix",
    };
    format!("{word}: {}", one_line(&fix.title))
}

/// Formats a place for people as `main.tf:3:5`, without credentials in the path. Lines and columns count from 1; columns
/// are Unicode scalar values.
pub(crate) fn place(span: Span, sources: &Sources) -> String {
    let Position { line, column } = sources.get(span.file).position(span.start);
    one_line(&format!("{}:{line}:{column}", secrets::redacted(&sources.name(span.file))))
}

/// A path for people: on one line, without credentials.
pub(crate) fn path(path: &str) -> String {
    one_line(&secrets::redacted(path))
}

/// The findings of each file, which are adjacent.
pub(super) fn by_file(outcome: &Outcome) -> impl Iterator<Item = &[Diagnostic]> {
    outcome.diagnostics.chunk_by(|one, next| one.span.file == next.span.file)
}

/// The message and the help of a finding as one sentence, for formats with a single text.
pub(super) fn with_help(found: &Diagnostic) -> String {
    let help = found.help.iter().map(|help| format!("; {help}"));
    std::iter::once(found.message.clone()).chain(help).collect()
}

/// `1 file`, `2 files`.
pub(crate) fn counted(many: usize, what: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{many} {what}{plural}")
}
