//! Revealing names, and the places of their values: after the name, in the same object, or in the block of the name.

use std::ops::Range;

use crate::secrets::patterns::{is_plausible, is_weak, mixes, names_secret, points_elsewhere, shouted};
use crate::secrets::scan::written::{self, Written};

/// Names that are revealing by themselves, but not as the end of a longer name.
const ALONE: [&str; 4] = ["PASS", "PWD", "PASSWORDS", "SECRET_STRING"];

/// Maximum length of a name in bytes.
const MAX_NAME: usize = 100;

/// Longer values do not consist of common words.
const MAX_WEAK: usize = 64;

/// Maximum distance between a name and its value in the same object.
const NEAR: usize = 600;

/// A description of the credential that a name announces.
pub(super) fn what(name: &str) -> Option<&'static str> {
    let alone = || ALONE.contains(&shouted(name).trim_matches('_')).then_some("a password");
    names_secret(name).or_else(alone)
}

/// The name that contains some letters.
pub(super) fn name_around(text: &str, part: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let before = bytes[..part.start].iter().rev().take(MAX_NAME).take_while(of_name).count();
    let behind = bytes[part.end..].iter().take(MAX_NAME).take_while(of_name).count();
    part.start - before..part.end + behind
}

/// The places of the values of a name.
pub(super) fn values(text: &str, name: &Range<usize>) -> Vec<Range<usize>> {
    // The parts of `arn:aws:secretsmanager:…:secret:…` are not names.
    let is_part = text[..name.start].ends_with(':');
    let Some(what) = what(&text[name.clone()]).filter(|_| !is_part) else { return Vec::new() };
    let found = match written::behind(text, name) {
        Some(Written::Block(block)) => values_in(text, block),
        Some(Written::Value(value)) => vec![value],
        None if is_named(text, name.start) => beside(text, name),
        None => Vec::new(),
    };
    found.into_iter().filter(|value| fits(&text[value.clone()], what)).collect()
}

/// Whether a value with a revealing name may be a credential. References and samples are not.
pub(super) fn fits(value: &str, what: &str) -> bool {
    let value = written::without_references(value);
    if value.len() < 6 || points_elsewhere(&value) || (value.len() < MAX_WEAK && is_weak(&value)) {
        return false;
    }
    let count = |test: fn(char) -> bool| value.chars().filter(|c| test(*c)).count();
    let (letters, digits) = (count(|c| c.is_alphabetic()), count(|c| c.is_ascii_digit()));
    let special = count(|c| c.is_ascii_punctuation() && !"-_./:".contains(c));
    let words = || value.split(['-', '_', '.', '/', ':']).any(|word| word.len() >= 6 && mixes(word));
    let is_like = match what {
        "a password" => (letters > 0 && digits + special > 0) || digits >= 9,
        _ => value.len() >= 8 && letters > 0 && !value.contains(char::is_whitespace) && words(),
    };
    is_like || is_plausible(&value, what)
}

/// Whether the text at an offset is the value of a member `name`.
fn is_named(text: &str, at: usize) -> bool {
    let quotes = ['"', '\'', '\\', ' ', '\t'];
    let before = text[..at].trim_end_matches(quotes);
    let Some(key) = before.strip_suffix([':', '=']) else { return false };
    let key = key.trim_end_matches(quotes);
    let word = key.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    ["name", "key"].iter().any(|named| key[key.len() - word..].eq_ignore_ascii_case(named))
}

/// The values in the object that contains a name: `{ name = "DB_PASSWORD", value = "…" }`, in either order.
fn beside(text: &str, name: &Range<usize>) -> Vec<Range<usize>> {
    let end = text.floor_char_boundary((name.end + NEAR).min(text.len()));
    let behind = &text[name.end..end];
    let length = behind.find(['{', '}']).unwrap_or(behind.len());
    let next = written::keys(text, name.end..name.end + length, &["name"]).next();
    let found = values_in(text, name.end..next.map_or(name.end + length, |next| next.start));
    if !found.is_empty() {
        return found;
    }
    let start = text.ceil_char_boundary(name.start.saturating_sub(NEAR));
    match text[start..name.start].rfind(['{', '}']) {
        Some(brace) if text[start + brace..].starts_with('{') => values_in(text, start + brace..name.start),
        _ => Vec::new(),
    }
}

/// The values of the members `value` and `default` in a part of a text.
fn values_in(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let keys = written::keys(text, part, &["value", "default"]);
    let value = |key: Range<usize>| match written::behind(text, &key) {
        Some(Written::Value(value)) => Some(value),
        _ => None,
    };
    keys.filter_map(value).collect()
}
