//! Finds credentials in any text, such as JSON, Terraform, YAML, a script, or a sentence: by their formats, and by the
//! names before them. An unnecessary star costs less than a missed credential, so this is less strict than the rules.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use crate::parallel;
use crate::secrets::patterns::{self, is_secret_key, is_token, prefixes, url_password};
use crate::source::{FileId, Source, Sources, Span};

mod encoded;
mod name;
mod written;

/// Parts of revealing names, in common spellings. Every revealing name contains one.
const NAME_PARTS: [&str; 15] = [
    "pass", "pwd", "secret", "token", "key", "Pass", "Pwd", "Secret", "Token", "Key", "PASS", "PWD",
    "SECRET", "TOKEN", "KEY",
];

/// Other texts that begin a credential or are part of one.
const MARKS: [&str; 5] = ["://", "PRIVATE KEY-----", "AKIA", "ASIA", "eyJ"];

/// Maximum length in bytes of the first line of a private key, and of a private key.
const MAX_KEY_HEADER: usize = 64;
const MAX_KEY: usize = 20_000;

/// Maximum length of a word with a known format; a signed token may be long.
const MAX_WORD: usize = 4_000;

/// If a text has more revealing names than this, the whole text is redacted: it was made to cause excessive work.
const MAX_NAMES: usize = 100_000;

/// A text is first searched for these; most contain none. Optimized for a short start-up time, because most runs are
/// short; a case-insensitive search takes ten times as long.
static NEEDLES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let needles = NAME_PARTS.into_iter().chain(MARKS).chain(prefixes());
    let (kind, longest) = (AhoCorasickKind::ContiguousNFA, MatchKind::LeftmostLongest);
    AhoCorasick::builder().kind(Some(kind)).match_kind(longest).build(needles).ok()
});

/// The bytes of a text that are credentials, ordered and without overlaps.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let mut found = plain(text);
    found.extend(encoded::places(text));
    in_order(found)
}

/// A cache of the credentials in each file's text.
#[derive(Clone, Debug, Default)]
pub struct ScanCache(FxHashMap<FileId, Scan>);

/// A text and the places of its credentials.
type Scan = (Arc<str>, Arc<[Range<usize>]>);

impl ScanCache {
    /// The places of the credentials in all files.
    pub(super) fn scan(&mut self, sources: &Sources) -> Vec<Span> {
        let files: Vec<FileId> = sources.files().collect();
        let read: Vec<Scan> = parallel::map(&files, |file| {
            let source = sources.get(*file);
            let known = self.0.get(file).filter(|(text, _)| Arc::ptr_eq(text, &source.text));
            known.cloned().unwrap_or_else(|| (Arc::clone(&source.text), in_file(source).into()))
        });
        self.0 = files.iter().copied().zip(read).collect();
        let spans = |file: &FileId| {
            let places = self.0.get(file).map(|(_, places)| Arc::clone(places)).unwrap_or_default();
            places.iter().map(|place| Span::new(*file, place.start, place.end)).collect::<Vec<Span>>()
        };
        files.iter().flat_map(spans).collect()
    }
}

/// The places of credentials in a file: the whole file if it contains only a credential and has a revealing name.
fn in_file(source: &Source) -> Vec<Range<usize>> {
    let is_plain = source.path.extension().is_none_or(|extension| extension == "txt" || extension == "key");
    let name = source.path.file_stem().unwrap_or_default().to_string_lossy();
    if is_plain && tells(&name) && !source.text.trim().contains('\n') {
        return std::iter::once(0..source.text.len()).collect();
    }
    places(&source.text)
}

/// Replaces the credentials in a text with stars.
pub fn redacted(text: &str) -> String {
    cover(text, &places(text))
}

/// Replaces some bytes of a text with stars, except separators of words and strings.
pub fn cover(text: &str, places: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut places = places.iter().peekable();
    for (at, c) in text.char_indices() {
        while places.next_if(|place| place.end <= at).is_some() {}
        let is_hidden = places.peek().is_some_and(|place| place.contains(&at));
        shown.push(if is_hidden && !c.is_whitespace() && c != '"' { '*' } else { c });
    }
    shown
}

/// Whether a name indicates that its value is a credential.
pub fn tells(name: &str) -> bool {
    name::what(name).is_some()
}

/// Whether a whole value, with any name, may be a credential.
pub fn is_value(value: &str) -> bool {
    !value.contains(char::is_whitespace)
        && (name::fits(value, "a password") || patterns::format(value).is_some())
}

/// The credentials in a text, without those in encoded parts of it.
fn plain(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut has_access_key, mut names) = (false, 0);
    // The end of the name or word that was read last.
    let mut read = 0;
    let Some(needles) = &*NEEDLES else { return found };
    for needle in needles.find_iter(text) {
        let (at, end) = (needle.start(), needle.end());
        match needle.pattern().as_usize() {
            index if index < NAME_PARTS.len() => {
                let name = name::name_around(text, at..end);
                if name.start >= read && tells(&text[name.clone()]) {
                    names += 1;
                    found.extend(name::values(text, &name));
                }
                read = read.max(name.end);
                if names > MAX_NAMES {
                    found.push(at..text.len());
                    break;
                }
            }
            index if index == NAME_PARTS.len() => {
                let rest = head(&text[end..], 1_000);
                found.extend(url_password(rest).map(|place| end + place.start..end + place.end));
            }
            _ if at < read => {}
            index if index == NAME_PARTS.len() + 1 => {
                let key = private_key(text, at..end);
                read = key.as_ref().map_or(read, |key| key.end);
                found.extend(key);
            }
            _ => {
                let key = form(text, at);
                read = key.as_ref().map_or(read, |key| key.end);
                has_access_key |= key.is_some() && ["AKIA", "ASIA"].contains(&&text[at..at + 4]);
                found.extend(key);
            }
        }
    }
    if has_access_key {
        found.extend(encoded::runs(text).filter(|run| is_secret_key(&text[run.clone()])));
    }
    in_order(found)
}

/// The word with a known format at an offset.
fn form(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    let is_escape = ["\\n", "\\t", "\\r"].iter().any(|escape| text[..at].ends_with(escape));
    if before.is_some_and(|c| c.is_ascii_alphanumeric()) && !is_escape {
        return None;
    }
    let rest = head(&text[at..], MAX_WORD);
    let end = |stays: fn(char) -> bool| rest.find(|c: char| !stays(c)).unwrap_or(rest.len());
    let lengths =
        [end(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)), end(|c| c.is_ascii_alphanumeric())];
    let length = lengths.into_iter().find(|length| is_token(&rest[..*length]))?;
    Some(at..at + length)
}

/// The private key whose first line ends at the mark, as far as it is complete.
fn private_key(text: &str, mark: Range<usize>) -> Option<Range<usize>> {
    let near = text.ceil_char_boundary(mark.start.saturating_sub(MAX_KEY_HEADER));
    let start = near + text[near..mark.start].rfind("-----BEGIN ")?;
    let kind = &text[start + "-----BEGIN ".len()..mark.start];
    if kind.contains('\n') || kind.contains("-----") {
        return None;
    }
    let rest = head(&text[mark.end..], MAX_KEY);
    // The key may be a list of lines or have no end; in both cases it ends with its string.
    let of_key = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "+/=\\\"',:.-".contains(c);
    let last = rest.find("-----END ").filter(|end| rest[..*end].chars().all(of_key));
    let end = match last {
        Some(end) => rest[end + 9..].find("-----").map_or(end, |dashes| end + 9 + dashes + 5),
        None => rest.find('"').map_or(rest.len(), |quote| rest[..quote].trim_end_matches('\\').len()),
    };
    Some(start..mark.end + end)
}

/// The longest prefix of a text that has at most `bytes` bytes.
fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes.min(text.len()))]
}

fn in_order(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, before| {
        let shares = next.start < before.end;
        before.end = if shares { before.end.max(next.end) } else { before.end };
        shares
    });
    places
}

#[cfg(test)]
mod tests;
