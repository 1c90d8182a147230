//! One line per finding: `main.tf:3:5: error[rule-name] message`.

use std::io::{self, Write};

use crate::Outcome;
use crate::report::obeyed::one_line;
use crate::report::plain::place;
use crate::report::style::{Role, Style};
use crate::source::Sources;

/// Writes the findings.
///
/// # Errors
/// Those of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, style: Style, out: &mut dyn Write) -> io::Result<()> {
    outcome.diagnostics.iter().try_for_each(|found| {
        let place = style.paint(Role::Strong, &place(found.span, sources));
        let severity = format!("{}[{}]", found.severity.name(), found.rule);
        let severity = style.paint(Role::Severity(found.severity), &severity);
        writeln!(out, "{place}: {severity} {}", one_line(&found.message))
    })
}
