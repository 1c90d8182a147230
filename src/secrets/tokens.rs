//! Words that are credentials by their format.

use std::ops::Range;
use std::sync::LazyLock;

use crate::secrets::generated::is_generated;
use crate::secrets::runs;
use crate::secrets::sample::is_sample;
use forms::{ALNUM, ANY, Alphabet, CRYPT, DIGIT, FORMS, HEX, HINTS, WORD};

mod forms;

pub(super) use forms::HASHES;

/// A text within a credential.
struct Infix {
    text: &'static str,
    /// The characters before it, and their minimum number.
    before: (Alphabet, usize),
    /// The characters after it, and their minimum number.
    after: (Alphabet, usize),
    what: &'static str,
}

const INFIXES: &[Infix] = &[
    Infix { text: ".atlasv1.", before: (ALNUM, 12), after: (WORD, 40), what: "a Terraform token" },
    Infix { text: "T3BlbkFJ", before: (WORD, 16), after: (WORD, 16), what: "an OpenAI key" },
    Infix { text: "Q~", before: (ANY, 4), after: (ANY, 30), what: "an Azure client secret" },
    Infix { text: ":AA", before: (DIGIT, 6), after: (WORD, 32), what: "a Telegram token" },
    Infix { text: "sha256~", before: (WORD, 0), after: (WORD, 43), what: "an OpenShift token" },
    Infix { text: "IBADANBgkqhkiG9w0BAQEFAASC", before: (ANY, 4), after: (ANY, 20), what: "a private key" },
    Infix { text: "IBAAKCA", before: (ALNUM, 5), after: (ANY, 40), what: "a private key" },
    Infix { text: "|", before: (DIGIT, 15), after: (WORD, 26), what: "a Facebook token" },
    Infix { text: ":", before: (HEX, 34), after: (HEX, 32), what: "a Twilio token" },
    Infix { text: "-us", before: (HEX, 32), after: (DIGIT, 1), what: "a Mailchimp key" },
    Infix { text: "_mmk", before: (WORD, 35), after: (WORD, 0), what: "a MaxMind key" },
];

/// The bytes that most tokens consist of, because a table is faster than conditions.
static OF_TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b'-' | b'.');
        byte += 1;
    }
    table
};

/// Minimum length of a word that can be a token or a part of one.
const MIN_LEN: usize = 20;

/// Maximum length of a token; a signed one may be long.
const MAX_LEN: usize = 4_000;

/// Maximum length of a token before an infix.
const MAX_BEFORE: usize = 200;

/// The prefixes of AWS access keys.
const ACCESS_KEYS: [&str; 4] = ["AKIA", "ASIA", "ABIA", "ACCA"];

/// The places in [`FORMS`] of the prefixes that begin with each byte.
static BY_FIRST: LazyLock<[Range<usize>; 128]> = LazyLock::new(|| {
    std::array::from_fn(|first| {
        let start = FORMS.partition_point(|(prefix, ..)| usize::from(prefix.as_bytes()[0]) < first);
        let end = FORMS.partition_point(|(prefix, ..)| usize::from(prefix.as_bytes()[0]) <= first);
        start..end
    })
});

/// A description of a word that has the format of a credential.
pub(super) fn form(word: &str) -> Option<&'static str> {
    known(word).map(|(_, what)| what)
}

/// A description of the token with a known infix in a text.
pub(super) fn infixed(text: &str) -> Option<&'static str> {
    words(text).find_map(|word| infixes(text, &word).next().map(|(_, what)| what))
}

/// The long words of a text that can be tokens: those with digits, or letters of both cases.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let words = runs::long(text, MIN_LEN, |byte| OF_TOKEN[usize::from(byte)]);
    words.filter(|word| is_mixed(&text[word.clone()]))
}

/// The tokens with a known infix in or before a long word, and their descriptions.
fn infixes(text: &str, word: &Range<usize>) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let near = text.floor_char_boundary(word.start.saturating_sub(MAX_INFIX));
    let nearby = &text[near..word.end.min(word.start + MAX_LEN)];
    let is_long = word.len() >= MIN_INFIXED;
    INFIXES.iter().filter(move |_| is_long).flat_map(move |infix| {
        let places = nearby.match_indices(infix.text);
        places.filter_map(move |(at, _)| Some((infix.around(text, near + at)?, infix.what)))
    })
}

/// The tokens in a text, in order.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words(text) {
        let mut at = word.start;
        while at < word.end {
            if let Some(length) = at_start(&text[at..]) {
                found.push(at..at + length);
                at += length;
            }
            let next = text.as_bytes()[at.min(word.end)..word.end].iter().position(|byte| !ALNUM(*byte));
            at = next.map_or(word.end, |next| at + next + 1);
        }
        found.extend(infixes(text, &word).map(|(place, _)| place));
    }
    found
}

/// Maximum length of an infix, and minimum length of a long word in or after which it is.
const MAX_INFIX: usize = 26;
const MIN_INFIXED: usize = 26;

/// Returns `true` if a text begins with an AWS access key.
pub(super) fn is_access_key(text: &str) -> bool {
    access_key(text).is_some()
}

/// The length of the credential at the start of a text.
fn at_start(text: &str) -> Option<usize> {
    let hint = || {
        HINTS.iter().find_map(|(prefix, alphabet, least, most)| {
            let rest = text.strip_prefix(prefix)?;
            let length = run(rest, *alphabet, *least).filter(|length| length <= most)?;
            is_generated(&rest[..length]).then_some(prefix.len() + length)
        })
    };
    known(text).map(|(length, _)| length).or_else(|| signed(text)).or_else(hint)
}

/// The length of the credential at the start of a text, and its description.
fn known(text: &str) -> Option<(usize, &'static str)> {
    let first = usize::from(*text.as_bytes().first()?);
    let forms = &FORMS[BY_FIRST.get(first)?.clone()];
    let form = forms.iter().find_map(|(prefix, alphabet, least, what)| {
        let length = run(text.strip_prefix(prefix)?, *alphabet, *least)?;
        Some((prefix.len() + length, *what))
    });
    form.or_else(|| access_key(text)).filter(|(length, _)| !is_sample(&text[..*length]))
}

/// Minimum and maximum length of the hash of a password, with its parameters.
const MIN_HASH: usize = 30;
const MAX_HASH: usize = 400;

/// The text that starts at an offset and may be the hash of a password.
pub(super) fn hash(text: &str, start: usize) -> Range<usize> {
    let rest = text.as_bytes()[start..].iter().take(MAX_HASH);
    start..start + rest.take_while(|byte| CRYPT(**byte)).count()
}

/// Whether a text is the hash of a password.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() >= MIN_HASH && is_generated(text)
}

/// The length of the run of characters at the start of a text; `None` if it is too short.
fn run(text: &str, alphabet: Alphabet, least: usize) -> Option<usize> {
    let length = text.bytes().take(MAX_LEN).take_while(|byte| alphabet(*byte)).count();
    let is_whole = !text[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
    // A separator after a token is part of it only if more of it follows.
    let length = text[..length].trim_end_matches(['.', '/', '+', '~']).len();
    (length >= least && (is_whole || length == MAX_LEN)).then_some(length)
}

fn access_key(text: &str) -> Option<(usize, &'static str)> {
    let prefix = ACCESS_KEYS.iter().find(|prefix| text.starts_with(**prefix))?;
    let tail = text[prefix.len()..].bytes().take_while(u8::is_ascii_alphanumeric);
    let is_upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let (length, is_shaped) = tail.fold((0, true), |(length, all), byte| (length + 1, all && is_upper(byte)));
    (length == 16 && is_shaped).then_some((20, "an AWS access key"))
}

/// The length of a signed token at the start of a text. Some of them are meant to be public, which cannot be determined from
/// the token, so no rule reports them.
fn signed(text: &str) -> Option<usize> {
    if !text.starts_with("eyJ") {
        return None;
    }
    let length = run(text, ANY, 40)?;
    text[..length].contains('.').then_some(length)
}

/// Returns `true` if a word has digits, or letters of both cases.
fn is_mixed(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    has(u8::is_ascii_digit) || (has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase))
}

impl Infix {
    /// The token with the infix at an offset.
    fn around(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let ((before, least), (after, least_after)) = (self.before, self.after);
        let end = at + self.text.len();
        let start = text[..at].bytes().rev().take(MAX_BEFORE).take_while(|byte| before(*byte)).count();
        let whole = at - start..end + run(&text[end..], after, least_after)?;
        (start >= least && !is_sample(&text[whole.clone()])).then_some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefixes_are_sorted() {
        assert!(FORMS.is_sorted_by_key(|(prefix, ..)| prefix));
    }
}
