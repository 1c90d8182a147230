//! What was blanked to read the rest of a text.

use std::ops::Range;

/// A part of a text that was blanked.
pub(super) struct Gap {
    /// From its first character to its last one.
    pub at: Range<usize>,
    /// The number of spaces before it.
    pub column: usize,
    /// Whether it begins with the dash of an item.
    pub is_item: bool,
}
