//! Start and end of a span, as report formats count them.

use crate::source::{Position, Sources, Span};

/// The positions of the first character and of the character after the last.
pub(super) fn region(span: Span, sources: &Sources) -> (Position, Position) {
    let source = sources.get(span.file);
    (source.position(span.start), source.position(span.end))
}
