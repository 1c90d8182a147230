//! What the formats in XML have in common. Only what is below `report` and writes XML uses quick-xml.

use crate::report::plain::one_line;

/// Text that XML can hold: most control characters it cannot, however they are spelled.
pub(super) fn legal(text: &str) -> String {
    one_line(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

/// Findings of one file stand together in the order of a run; these are their groups, with the file's index.
pub(super) fn by_file(outcome: &crate::Outcome) -> impl Iterator<Item = &[crate::diagnostic::Diagnostic]> {
    outcome.diagnostics.chunk_by(|one, next| one.span.file == next.span.file)
}
