//! Finds credentials in any text, such as JSON, Terraform, YAML, a script, or a sentence: by their formats, and by the
//! names before them. An unnecessary star costs less than a missed credential, so this is less strict than the rules.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use crate::parallel;
use crate::secrets::names::{Reveals, SPELLINGS, STEMS, spellings};
use crate::secrets::patterns::{self, is_secret_key};
use crate::secrets::tokens;
use crate::source::{FileId, Source, Sources, Span};

mod encoded;
mod name;
mod programs;
mod shell;
mod url;
mod words;
mod written;

/// Texts before the password in a URL, in the first line of a private key, before the private part of a key of PuTTY, before
/// a signature in a URL, the user of an Oracle database, and a password in SQL.
const MARKS: [(&str, Needle); 10] = [
    ("sig=", Needle::Signature),
    ("ignature=", Needle::Signature),
    ("://", Needle::Url),
    ("PRIVATE KEY", Needle::PrivateKey),
    ("Private-Lines:", Needle::PrivateLines),
    ("oracle:thin:", Needle::Oracle),
    ("oracle:oci:", Needle::Oracle),
    ("DENTIFIED ", Needle::Sql),
    ("dentified by ", Needle::Sql),
    ("dentified with ", Needle::Sql),
];

/// Maximum length in bytes of the first line of a private key, of a private key, and of the start of a URL.
const MAX_KEY_HEADER: usize = 64;
const MAX_KEY: usize = 20_000;
const MAX_URL: usize = 1_000;

/// If a text has more revealing names than this, the whole text is redacted: it was made to cause excessive work.
const MAX_NAMES: usize = 100_000;

/// A text is first searched for these; most contain none. Optimized for a short start-up time, because most runs are
/// short; a case-insensitive search takes ten times as long.
static NEEDLES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let names = STEMS.iter().flat_map(|stem| spellings(stem));
    let marks = MARKS.iter().map(|(mark, _)| *mark);
    let others = marks.chain(tokens::HASHES.iter().copied()).chain(shell::needles());
    let needles = names.chain(others.map(str::to_owned));
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
    let is_secret = |name: &str| {
        name::reveals(name).is_some_and(|found| matches!(found, Reveals::Password | Reveals::Key))
    };
    let is_plain = source.path.extension().is_none_or(|extension| extension == "txt" || extension == "key");
    let name = source.path.file_stem().unwrap_or_default().to_string_lossy();
    if is_plain && is_secret(&name) && !source.text.trim().contains('\n') {
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

/// Whether a name indicates that its value may be a credential.
pub fn tells(name: &str) -> bool {
    NEEDLES.as_ref().is_some_and(|needles| needles.is_match(name)) && name::reveals(name).is_some()
}

/// Whether a value is a credential under a name.
pub fn fits(name: &str, value: &str) -> bool {
    name::reveals(name).is_some_and(|revealed| name::fits(value, revealed))
}

/// Whether a whole value, with any name, may be a credential.
pub(super) fn is_value(value: &str) -> bool {
    name::fits(value, Reveals::Password) || patterns::format(value).is_some()
}

/// The credentials in a text, without those in encoded parts of it.
fn plain(text: &str) -> Vec<Range<usize>> {
    let mut search = Search { text, found: tokens::places(text), read: 0, names: 0 };
    let has_access_key = search.found.iter().any(|place| tokens::is_access_key(&text[place.clone()]));
    let Some(needles) = &*NEEDLES else { return Vec::new() };
    for needle in needles.find_iter(text) {
        if search.names > MAX_NAMES {
            search.found.push(needle.start()..text.len());
            break;
        }
        search.at(needle.range(), Needle::of(needle.pattern().as_usize()));
    }
    if has_access_key {
        search.found.extend(encoded::runs(text).filter(|run| is_secret_key(&text[run.clone()])));
    }
    in_order(search.found)
}

/// What a text in [`NEEDLES`] is part of.
#[derive(Clone, Copy)]
enum Needle {
    Name,
    Url,
    PrivateKey,
    PrivateLines,
    Signature,
    Oracle,
    Sql,
    Hash,
    Command,
}

impl Needle {
    /// The needle with an index in [`NEEDLES`].
    fn of(index: usize) -> Needle {
        let Some(other) = index.checked_sub(STEMS.len() * SPELLINGS) else { return Needle::Name };
        let hashes = MARKS.len()..MARKS.len() + tokens::HASHES.len();
        match MARKS.get(other) {
            Some((_, needle)) => *needle,
            None if hashes.contains(&other) => Needle::Hash,
            None => Needle::Command,
        }
    }
}

/// The search for credentials in a text.
struct Search<'t> {
    text: &'t str,
    found: Vec<Range<usize>>,
    /// The end of the name or word that was read last.
    read: usize,
    /// The number of revealing names.
    names: usize,
}

impl Search<'_> {
    fn at(&mut self, place: Range<usize>, needle: Needle) {
        let text = self.text;
        match needle {
            Needle::Name => self.name(place),
            Needle::Url => {
                let rest = head(&text[place.end..], MAX_URL);
                let of_url = |found: Range<usize>| place.end + found.start..place.end + found.end;
                self.found.extend(url::credentials(rest).into_iter().map(of_url));
            }
            Needle::Signature => self.found.extend(url::signature(text, &place)),
            Needle::Oracle => self.found.extend(url::oracle(text, place.end)),
            Needle::Sql => self.found.extend(written::sql(text, place.end)),
            Needle::Hash | Needle::PrivateLines | Needle::PrivateKey if place.start < self.read => {}
            Needle::Hash => {
                let hash = tokens::hash(text, place.start);
                self.read = hash.end;
                self.found.extend(tokens::is_hash(&text[hash.clone()]).then_some(hash));
            }
            Needle::PrivateLines => {
                let lines = private_lines(text, place.end);
                self.read = lines.end;
                self.found.push(lines);
            }
            Needle::Command => {
                self.found.extend(shell::around(text, &place));
                // `passwd` is also a name.
                self.name(place);
            }
            Needle::PrivateKey => {
                let key = private_key(text, place);
                self.read = key.as_ref().map_or(self.read, |key| key.end);
                self.found.extend(key);
            }
        }
    }

    fn name(&mut self, part: Range<usize>) {
        let name = name::name_around(self.text, part);
        if name.start >= self.read && tells(&self.text[name.clone()]) {
            self.names += 1;
            for value in name::values(self.text, &name) {
                let value = if written::is_cut(&value) { self.rest_of_line(value.start) } else { value };
                self.found.push(value);
            }
        }
        self.read = self.read.max(name.end);
    }

    /// The rest of a line, in which no other names are read.
    fn rest_of_line(&mut self, start: usize) -> Range<usize> {
        let end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
        self.read = self.read.max(end);
        start..end
    }
}

/// The private key whose first line has the mark, as far as it is complete.
fn private_key(text: &str, mark: Range<usize>) -> Option<Range<usize>> {
    let near = text.ceil_char_boundary(mark.start.saturating_sub(MAX_KEY_HEADER));
    let start = near + text[near..mark.start].rfind("-----BEGIN ")?;
    let kind = &text[start + "-----BEGIN ".len()..mark.start];
    let is_closed = ["-----", " BLOCK-----"].iter().any(|end| text[mark.end..].starts_with(end));
    if kind.contains('\n') || kind.contains("-----") || !is_closed {
        return None;
    }
    let all = &text[mark.end..];
    let rest = head(all, MAX_KEY);
    // The key may be a list of lines or have no end; in both cases it ends with its string.
    let of_key = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "+/=\\\"',:.-".contains(c);
    let last = rest.find("-----END ").filter(|end| rest[..*end].chars().all(of_key));
    let end = match last {
        Some(end) => rest[end + 9..].find("-----").map_or(end, |dashes| end + 9 + dashes + 5),
        None => all.find('"').map_or(all.len(), |quote| all[..quote].trim_end_matches('\\').len()),
    };
    Some(start..mark.end + end)
}

/// The private lines of a key of PuTTY, up to the line after them or the end of the string.
fn private_lines(text: &str, start: usize) -> Range<usize> {
    let rest = head(&text[start..], MAX_KEY);
    start..start + rest.find("Private-MAC").or_else(|| rest.find('"')).unwrap_or(rest.len())
}

/// The longest prefix of a text that has at most `bytes` bytes.
fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes.min(text.len()))]
}

/// Sorts places and joins those that overlap.
pub(super) fn in_order(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
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
