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

/// Formats a place as `main.tf:3:5`. Lines and columns count from 1; columns are Unicode scalar values.
pub(crate) fn place(span: Span, sources: &Sources) -> String {
    let Position { line, column } = sources.get(span.file).position(span.start);
    format!("{}:{line}:{column}", one_line(&sources.name(span.file)))
}

/// Formats text on one line, escaping characters that control a terminal.
pub(crate) fn one_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_obeyed(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}

/// Whether a character controls a terminal: control characters, line separators, and bidirectional controls.
pub(crate) fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line_that_nothing_obeys() {
        assert_eq!(one_line("a\nb\t\u{1b}[31m\u{202e}ü"), r"a\nb\t\u{1b}[31m\u{202e}ü");
    }
}
