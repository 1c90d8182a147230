//! Values under the name of a credential that only say where it is. The rules are stricter: they report fewer values than
//! are hidden.

use crate::secrets::generated::is_generated;
use crate::secrets::lexicon::roles;
use crate::secrets::patterns::{WEAK, is_weak, points_elsewhere};
use crate::secrets::split;

/// Whether a value refers to a stored credential. A password may look like a reference: it has a sign that begins one, and
/// the rest is generated.
pub(super) fn refers(value: &str) -> bool {
    points_elsewhere(value) && !is_password(value)
}

/// Whether a value that has the signs of a reference is one generated word.
fn is_password(value: &str) -> bool {
    let is_closed = [("${", '}'), ("{{", '}'), ("$(", ')'), ("<", '>'), ("%(", ')')]
        .iter()
        .any(|(open, close)| value.split_once(open).is_some_and(|(_, behind)| behind.contains(*close)));
    let word = value.trim_start_matches(['/', '~', '.']);
    let word = ["op:", "sm:"].iter().find_map(|scheme| word.strip_prefix(scheme)).unwrap_or(word);
    let word = [".key", ".env"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let is_word = !word.is_empty() && !word.contains(['/', ':', '"', '=', ' ', '.']);
    is_word && !is_closed && is_generated(word)
}

/// Whether a value consists of common words. Letters of any alphabet count.
pub(super) fn is_common(value: &str) -> bool {
    is_weak(value) && value.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count() < 4
}

/// Whether a value is a phrase of words of which at most half are those of names and settings: `dragonfly-orchid`, and not
/// `orders-db-password` or `login-required`.
pub(super) fn is_phrase(value: &str) -> bool {
    let words = split::words(value);
    let is_usual = |word: &&str| !roles(word).is_empty() || WEAK.contains(word) || word.len() < 3;
    let all = words.split_ascii_whitespace().count();
    all > 1 && words.split_ascii_whitespace().filter(is_usual).count() * 2 < all
}
