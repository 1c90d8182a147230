//! Finds credentials in Base64: texts that are encoded, and secrets that look like Base64.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::secrets::runs;
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

/// The long words of a text that look like Base64.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    runs::long(text, MIN_LEN, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
