//! Shared code of the XML formats. Only `report` modules that write XML use quick-xml.

use crate::report::plain::one_line;

/// Removes characters that XML cannot represent, such as most control characters.
pub(super) fn legal(text: &str) -> String {
    one_line(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

/// Groups the findings by file. The findings of one file are adjacent.
pub(super) fn by_file(outcome: &crate::Outcome) -> impl Iterator<Item = &[crate::diagnostic::Diagnostic]> {
    outcome.diagnostics.chunk_by(|one, next| one.span.file == next.span.file)
}
