//! Where a span begins and ends, as formats count it.

use crate::source::{Position, Sources, Span};

/// The positions of the first character and of the one behind the last.
pub(super) fn region(span: Span, sources: &Sources) -> (Position, Position) {
    let source = sources.get(span.file);
    (source.position(span.start), source.position(span.end))
}
