//! Long words of the letters that Base64 has: what is encoded in them, and secrets that look like it.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::model::stars::plain;

/// The least length of a word that is looked into.
const LEAST: usize = 40;

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
            let start = at + bytes[at..].iter().position(is_of_word)?;
            let length =
                bytes[start..].iter().position(|byte| !is_of_word(byte)).unwrap_or(bytes.len() - start);
            at = start + length;
            // An escape before it in JSON (`\n`) leaves its letter.
            let begin = if start > 0 && bytes[start - 1] == b'\\' { start + 1 } else { start };
            if at - begin.min(at) >= LEAST {
                return Some(begin..at);
            }
        }
    })
}
