//! Revealing names, and the places of their values: after the name, in the same object, or in the block of the name.

use std::ops::Range;

use crate::secrets::names::{self, Reveals};
use crate::secrets::scan::shell;
use crate::secrets::scan::written::{self, Written};

/// Maximum length of a name in bytes.
const MAX_NAME: usize = 100;

/// Maximum distance between a name and its value in the same object.
const NEAR: usize = 600;

/// The name of a whole secret, which is a password or has its own format.
const SECRET_STRING: &str = "secret_string";

/// What a name reveals about its value.
pub(super) fn reveals(name: &str) -> Option<Reveals> {
    if name.eq_ignore_ascii_case(SECRET_STRING) { Some(Reveals::Password) } else { names::reveals(name) }
}

/// The name that contains some letters: a word, or a whole key with other signs, such as `"Db:Password"`.
pub(super) fn name_around(text: &str, part: Range<usize>) -> Range<usize> {
    let word = name_of(text, &part, |byte| matches!(byte, b'_' | b'-'));
    if !text[word.end..].starts_with([':', '/', '.']) && !text[..word.start].ends_with([':', '/', '.']) {
        return word;
    }
    let key = name_of(text, &part, |byte| b"_-:/.".contains(&byte));
    let behind = text[key.end..].trim_start_matches(['\\', '"', '\'']);
    let is_whole = text[..key.start].ends_with(['"', '\'']) && behind.len() < text.len() - key.end;
    let is_key = || {
        let signs = text[key.clone()].bytes().filter(|byte| b"/.".contains(byte)).count();
        signs == 0 && behind.trim_start().starts_with([':', '='])
    };
    let is_name =
        is_whole && !text[key.clone()].starts_with("arn:") && (is_key() || is_named(text, key.start));
    if is_name { key } else { word }
}

/// The letters, digits, and signs around a part of a text.
fn name_of(text: &str, part: &Range<usize>, is_sign: impl Fn(u8) -> bool) -> Range<usize> {
    let bytes = text.as_bytes();
    let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || is_sign(**byte);
    let before = bytes[..part.start].iter().rev().take(MAX_NAME).take_while(of_name).count();
    let behind = bytes[part.end..].iter().take(MAX_NAME).take_while(of_name).count();
    text.ceil_char_boundary(part.start - before)..text.floor_char_boundary(part.end + behind)
}

/// The places of the values of a name.
pub(super) fn values(text: &str, name: &Range<usize>) -> Vec<Range<usize>> {
    // The parts of `arn:aws:secretsmanager:…:secret:…` are not names.
    let is_symbol = || text[name.end..].trim_start().starts_with("=>");
    let is_part = text[..name.start].ends_with(':') && !text[..name.start].ends_with("/:") && !is_symbol();
    let Some(revealed) = reveals(&text[name.clone()]).filter(|_| !is_part) else { return Vec::new() };
    let header = shell::header(text, name);
    let found = match header.map(Written::Value).or_else(|| written::behind(text, name)) {
        Some(Written::Block(block)) => values_in(text, block, &VALUES),
        Some(Written::Value(value)) => vec![value],
        None if is_named(text, name.start) => beside(text, name),
        None => Vec::new(),
    };
    let found = found.into_iter().map(|value| shell::without_scheme(text, value));
    found.filter(|value| fits(&text[value.clone()], revealed)).collect()
}

/// The names of members that are the value of the name next to them, and of the member that refers to it.
const VALUES: [&str; 3] = ["value", "default", "constant_value"];
const REFERENCES: [&str; 1] = ["valueFrom"];

/// Whether a value with a revealing name may be a credential. References and samples are not.
pub(super) fn fits(value: &str, revealed: Reveals) -> bool {
    names::fits(&written::without_references(value), revealed)
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
    let found = in_object(text, name.end..next.map_or(name.end + length, |next| next.start));
    if !found.is_empty() {
        return found;
    }
    let start = text.ceil_char_boundary(name.start.saturating_sub(NEAR));
    match text[start..name.start].rfind(['{', '}']) {
        Some(brace) if text[start + brace..].starts_with('{') => in_object(text, start + brace..name.start),
        _ => Vec::new(),
    }
}

/// The values in a part of an object, and the reference to a value if it is the value itself, by mistake.
fn in_object(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let references = values_in(text, part.clone(), &REFERENCES).into_iter();
    let mistaken = references.filter(|place| !names::may_refer(&text[place.clone()]));
    values_in(text, part, &VALUES).into_iter().chain(mistaken).collect()
}

/// The values of the members with some names in a part of a text.
fn values_in(text: &str, part: Range<usize>, names: &[&str]) -> Vec<Range<usize>> {
    let keys = written::keys(text, part, names);
    let value = |key: Range<usize>| match written::behind(text, &key) {
        Some(Written::Value(value)) => Some(value),
        _ => None,
    };
    keys.filter_map(value).collect()
}
