//! One line a finding: `main.tf:3:5: error[rule-name] message`.

use std::io::{self, Write};

use crate::Outcome;
use crate::report::plain::{one_line, place};
use crate::source::Sources;

/// Writes the findings.
///
/// # Errors
/// Those of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    outcome.diagnostics.iter().try_for_each(|found| {
        let severity = found.severity.name();
        writeln!(
            out,
            "{}: {severity}[{}] {}",
            place(found.span, sources),
            found.rule,
            one_line(&found.message)
        )
    })
}
