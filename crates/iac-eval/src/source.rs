//! Source files: their texts, places in them, and the only component that reads files.

mod files;
mod relative;
mod span;

pub use files::{
    Input, MAX_FILE_BYTES, MAX_LISTING, MAX_LISTING_DEPTH, Requested, Source, Sources, Unreadable,
    VariableInput, bounded, read,
};
pub use relative::relative;
pub use span::{FileId, LineIndex, Position, Span, Spans, line_start};
