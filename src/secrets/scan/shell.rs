//! Credentials in command lines: arguments of programs, and authentication headers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::secrets::patterns::{is_weak, mixes, points_elsewhere};
use crate::secrets::scan::programs::{At, PROGRAMS, Part};
use crate::secrets::scan::{head, words, written};

/// Schemes before the credential in an authentication header.
const SCHEMES: &[&str] =
    &["Bearer ", "bearer ", "Basic ", "basic ", "Token ", "token ", "Bot ", "ApiKey ", "SSWS "];

/// The ends of the schemes that are searched for without the name of the header.
const SEARCHED: &[&str] = &["earer ", "asic ", "SSWS "];

/// Minimum lengths of a password, and of a credential after a scheme.
const MIN_PASSWORD: usize = 4;
const MIN_CREDENTIAL: usize = 16;

/// The first words of the programs, each followed by a space if it is short, and the part of the table for each. Sorted.
static CALLS: LazyLock<BTreeMap<String, Vec<Call>>> = LazyLock::new(|| {
    let mut calls: BTreeMap<String, Vec<Call>> = BTreeMap::new();
    for (programs, at, part) in PROGRAMS {
        for program in programs.split('|') {
            let mut words = program.split(' ');
            let name = words.next().unwrap_or_default();
            let needle = if name.len() < MIN_NEEDLE { format!("{name} ") } else { name.to_owned() };
            calls.entry(needle).or_default().push(Call {
                subcommands: words.collect(),
                at: *at,
                part: *part,
            });
        }
    }
    calls
});

/// A shorter name of a program is a part of too many words.
const MIN_NEEDLE: usize = 4;

/// A call of a program with a credential.
struct Call {
    subcommands: Vec<&'static str>,
    at: At,
    part: Part,
}

/// All texts before such a credential.
pub(super) fn needles() -> impl Iterator<Item = &'static str> {
    CALLS.keys().map(String::as_str).chain(SEARCHED.iter().copied())
}

/// The credentials after the needle at `needle`, or before it.
pub(super) fn around(text: &str, needle: &Range<usize>) -> Vec<Range<usize>> {
    let found = &text[needle.clone()];
    let Some(calls) = CALLS.get(found) else { return credential(text, needle.end).into_iter().collect() };
    let of_word = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    let of_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_word = found.ends_with(' ') || !text[needle.end..].starts_with(of_word);
    if !is_word || text[..needle.start].ends_with(of_name) {
        return Vec::new();
    }
    let words = words::after(text, needle.end);
    let places = calls.iter().flat_map(|call| call.places(text, needle.start, &words));
    places.filter(|place| is_password(&text[place.clone()])).collect()
}

impl Call {
    /// The places of the credentials in the arguments of a program.
    fn places(&self, text: &str, program: usize, words: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut rest = words;
        for subcommand in &self.subcommands {
            let Some(at) = rest.iter().position(|word| text[word.clone()] == **subcommand) else {
                return Vec::new();
            };
            rest = &rest[at + 1..];
        }
        let is_setting = |word: &str| {
            let name = word.split_once('=').map_or("", |(name, _)| name);
            name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        let is_argument = |word: &&Range<usize>| {
            let word = &text[(*word).clone()];
            !word.starts_with('-') && !is_setting(word)
        };
        let values: Vec<Range<usize>> = match self.at {
            At::Argument(index) => rest.iter().filter(is_argument).nth(index).cloned().into_iter().collect(),
            At::Assigned => rest.iter().filter_map(|word| after(text, word, '=')).collect(),
            At::Piped => words::piped(text, program).into_iter().collect(),
            At::Option(options) => options_of(text, rest, options, [true, false]),
            At::Attached(options) => options_of(text, rest, options, [false, true]),
            At::Either(options) => options_of(text, rest, options, [true, true]),
        };
        let part = |value: Range<usize>| match self.part {
            Part::All => Some(value),
            Part::After(sign) => after(text, &value, sign),
        };
        values.into_iter().filter_map(part).collect()
    }
}

/// The values of options: in the next words, or attached to the option.
fn options_of(
    text: &str,
    words: &[Range<usize>],
    options: &[&str],
    [next, attached]: [bool; 2],
) -> Vec<Range<usize>> {
    let value = |(index, word): (usize, &Range<usize>)| {
        let written = &text[word.clone()];
        let is_whole = |option: &str| {
            written == option || (attached && option.len() == 2 && is_cluster(written, option))
        };
        if next && options.iter().any(|option| is_whole(option)) {
            return words.get(index + 1).cloned();
        }
        options.iter().find_map(|option| {
            let rest = written.strip_prefix(option)?;
            let is_long = option.starts_with("--") || option.len() > 3;
            match rest.strip_prefix('=') {
                Some(_) if next => Some(word.start + option.len() + 1..word.end),
                _ => (attached && !is_long && !rest.is_empty()).then(|| word.start + option.len()..word.end),
            }
        })
    };
    let found = words.iter().enumerate().filter_map(value);
    found.map(|place| words::unquoted(text, place)).collect()
}

/// Whether a word is several options of one letter, of which the last one has a value: `-su`.
fn is_cluster(word: &str, option: &str) -> bool {
    let letters = word.strip_prefix('-').unwrap_or_default();
    letters.len() < 7
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && letters.ends_with(&option[1..])
}

/// The part of a value after a sign, without the host after it.
fn after(text: &str, value: &Range<usize>, sign: char) -> Option<Range<usize>> {
    let written = &text[value.clone()];
    let at = written.find(sign)? + 1;
    let end = if sign == '/' { written.rfind('@').filter(|end| *end > at) } else { None };
    Some(value.start + at..end.map_or(value.end, |end| value.start + end))
}

fn is_password(text: &str) -> bool {
    let text = text.strip_prefix("pass:").unwrap_or(text);
    text.len() >= MIN_PASSWORD && !text.starts_with(['$', '-']) && !points_elsewhere(text) && !is_weak(text)
}

/// The place of a value without the authentication scheme at its start.
pub(super) fn without_scheme(text: &str, value: Range<usize>) -> Range<usize> {
    let written = &text[value.clone()];
    let scheme = SCHEMES.iter().find(|scheme| written.starts_with(**scheme));
    value.start + scheme.map_or(0, |scheme| scheme.len())..value.end
}

/// Maximum length of the value of a header.
const MAX_HEADER: usize = 500;

/// The value of an authorization header without the scheme, if the header is a string: the rest of the string.
pub(super) fn header(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let quote = text[..name.start].chars().next_back().filter(|c| ['"', '\''].contains(c))?;
    let is_header = text[name.clone()].to_ascii_lowercase().ends_with("authorization");
    let rest = head(&text[name.end..], MAX_HEADER).strip_prefix(':').filter(|_| is_header)?;
    let written = rest[..rest.find([quote, '\n'])?].trim_end_matches('\\').trim_start();
    let start = name.end + 1 + rest.len() - rest.trim_start().len();
    let scheme = written.find(' ').map_or(0, |space| space + 1);
    Some(start + scheme..start + written.len())
}

/// The credential at an offset, after a scheme.
fn credential(text: &str, at: usize) -> Option<Range<usize>> {
    let word = written::word(text, at);
    let written = &text[word.clone()];
    (written.len() >= MIN_CREDENTIAL && mixes(written) && !points_elsewhere(written)).then_some(word)
}
