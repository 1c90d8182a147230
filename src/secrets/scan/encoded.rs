//! Long words of the letters that Base64 has: what is encoded in them, and secrets that look like it.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::secrets::scan::plain;

/// The least length of a word that is looked into.
const MIN_LEN: usize = 40;

/// The words in which a text with a credential is encoded, as `user_data_base64` is.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    runs(text).filter(|run| {
        let word = &text[run.clone()];
        // What is cut off at its end is read as far as it goes.
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
            // What ends a word within so many bytes says that none of them begins a long one.
            if let Some(last) = bytes.get(at..at + MIN_LEN)?.iter().rposition(|byte| !is_of_word(byte)) {
                at += last + 1;
                continue;
            }
            let start = at;
            let length = bytes[start..].iter().position(|byte| !is_of_word(byte));
            at = length.map_or(bytes.len(), |length| start + length);
            // An escape before it in JSON (`\n`) leaves its letter.
            let begin = if bytes[..start].ends_with(b"\\") { start + 1 } else { start };
            if at - begin >= MIN_LEN {
                return Some(begin..at);
            }
        }
    })
}
