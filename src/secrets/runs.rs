//! Long words, found without reading every byte of a text.

use std::ops::Range;

/// The words of at least `least` bytes.
pub(super) fn long(
    text: &str,
    least: usize,
    is_of_word: impl Fn(u8) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            // A character that ends a word within these bytes rules out all start positions before it.
            if let Some(last) = bytes.get(at..at + least)?.iter().rposition(|byte| !is_of_word(*byte)) {
                at += last + 1;
                continue;
            }
            let start = at;
            let length = bytes[start..].iter().position(|byte| !is_of_word(*byte));
            at = length.map_or(bytes.len(), |length| start + length);
            // A JSON escape such as `\n` leaves its letter at the start of the word.
            let begin = if bytes[..start].ends_with(b"\\") { start + 1 } else { start };
            if at - begin >= least {
                return Some(begin..at);
            }
        }
    })
}
