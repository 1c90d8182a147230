//! Finds credentials in Base64: texts that are encoded, and secrets that look like Base64.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::secrets::scan::plain;

/// Minimum length of a word to decode.
const MIN_LEN: usize = 40;

/// The words that encode a text with a credential, as in `user_data_base64`.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    runs(text).filter(|run| {
        let word = &text[run.clone()];
        // A truncated word is decoded as far as possible.
        let decoded = STANDARD_NO_PAD.decode(&word[..word.len() / 4 * 4]);
        let decoded = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        decoded.is_some_and(|inner| !plain(&inner).is_empty())
    })
}

/// The long words of a text.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            // A character that ends a word within these bytes rules out all start positions before it.
            if let Some(last) = bytes.get(at..at + MIN_LEN)?.iter().rposition(|byte| !is_of_word(byte)) {
                at += last + 1;
                continue;
            }
            let start = at;
            let length = bytes[start..].iter().position(|byte| !is_of_word(byte));
            at = length.map_or(bytes.len(), |length| start + length);
            // A JSON escape such as `
            // ` leaves its letter at the start of the word.
            let begin = if bytes[..start].ends_with(b"\\") { start + 1 } else { start };
            if at - begin >= MIN_LEN {
                return Some(begin..at);
            }
        }
    })
}
