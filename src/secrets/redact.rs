//! Redacts credentials in output: their places in the files of a run, and their values, which messages may repeat.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;
use smol_str::SmolStr;

use crate::secrets::patterns;
use crate::secrets::scan::{self, ScanCache};
use crate::source::{FileId, Sources, Span, Spans};
use crate::value::Secret;

/// The secrets of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The secrets.
    pub secrets: Vec<Secret>,
    /// Texts that the unit also uses as names or numbers, without a mark.
    pub plain: BTreeSet<SmolStr>,
}

/// The credentials of a run.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Where they are.
    pub spans: Spans,
    /// The places that are marked as secrets.
    marked: Spans,
    /// The values to search for in any text.
    anywhere: Option<Arc<Values>>,
    /// The values to search for in texts about a marked place.
    near: Option<Arc<Values>>,
    /// The short values, which texts about a marked place quote.
    quoted: Option<Arc<Values>>,
    /// Whether all texts and all files are hidden, because there are too many secrets to search for, or they are not known.
    pub hides_all: bool,
}

impl Redactor {
    /// Finds everything in the files of a run that looks like a credential, and adds the known secrets; `None` if they could
    /// not be determined.
    pub(crate) fn new<'k>(
        known: Option<impl IntoIterator<Item = &'k Known>>,
        sources: &Sources,
        cache: &mut ScanCache,
    ) -> Redactor {
        let Some(known) = known else { return Redactor::of_everything(sources) };
        let mut values = BTreeMap::new();
        let mut spans = cache.scan(sources);
        let mut marked = Vec::new();
        spans.iter().for_each(|span| note(sources.text(*span), Within::Any, &mut values));
        for Known { secrets, plain } in known {
            for secret in secrets.iter().collect::<BTreeSet<&Secret>>() {
                let part = |place: Range<usize>| secret.at.part(place);
                let found: Vec<Span> = written(secret, sources).into_iter().map(part).collect();
                if !secret.text.is_empty() {
                    let texts = found.iter().map(|span| sources.text(*span).trim_matches('"'));
                    let mut add = |text: &str| {
                        let within = if plain.contains(text) { Within::Findings } else { Within::Any };
                        note(text, within, &mut values);
                        note_marked(text, within, &mut values);
                    };
                    texts.for_each(&mut add);
                    texts_of(&secret.text).iter().for_each(|text| add(text));
                }
                marked.push(secret.at);
                spans.extend(found);
            }
        }
        if values.len() > MAX_VALUES {
            return Redactor::of_everything(sources);
        }
        let [quoted, near, anywhere] = Values::all(values);
        Redactor {
            spans: Spans::from(spans),
            marked: Spans::from(marked),
            anywhere,
            near,
            quoted,
            hides_all: false,
        }
    }

    /// Hides all texts and all files.
    fn of_everything(sources: &Sources) -> Redactor {
        let whole = |file| Span::new(file, 0, sources.get(file).text.len());
        let spans = Spans::from(sources.files().map(whole).collect::<Vec<Span>>());
        Redactor { marked: spans.clone(), spans, hides_all: true, ..Redactor::default() }
    }

    /// Adds the places in some files where the same bytes occur under other names.
    pub(crate) fn find_everywhere(&mut self, files: &BTreeSet<FileId>, sources: &Sources) {
        let Some(values) = &self.anywhere else { return };
        let of_file = |file: &FileId| {
            let found = values.places(&sources.get(*file).text);
            found.map(|found| Span::new(*file, found.start, found.end)).collect::<Vec<Span>>()
        };
        self.spans =
            Spans::from(files.iter().flat_map(of_file).chain(self.spans.iter()).collect::<Vec<Span>>());
    }

    /// The credentials of a text that is no longer a file of the run.
    pub fn values_of(text: &str) -> Redactor {
        let mut values = BTreeMap::new();
        scan::places(text).into_iter().for_each(|place| note(&text[place], Within::Any, &mut values));
        let [quoted, near, anywhere] = Values::all(values);
        Redactor { anywhere, near, quoted, ..Redactor::default() }
    }

    /// Replaces the credentials in a text with stars.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.without(text, [&self.anywhere])
    }

    /// Replaces the credentials in a text with stars, including common words that are marked as secrets.
    pub fn redact_strictly<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.without(text, [&self.anywhere, &self.near])
    }

    /// Replaces the credentials in a text about some places with stars.
    pub fn redact_about<'t>(&self, text: &'t str, mut places: impl Iterator<Item = Span>) -> Cow<'t, str> {
        let is_marked = places.any(|place| !self.marked.within(place).is_empty());
        if is_marked {
            self.without(text, [&self.anywhere, &self.near, &self.quoted])
        } else {
            self.redact(text)
        }
    }

    fn without<'t, const N: usize>(&self, text: &'t str, all: [&Option<Arc<Values>>; N]) -> Cow<'t, str> {
        if self.hides_all {
            return Cow::Owned(scan::cover(text, std::slice::from_ref(&(0..text.len()))));
        }
        let mut places: Vec<Range<usize>> = scan::places(text);
        for values in all.into_iter().flatten() {
            places.extend(values.places(text));
        }
        if places.is_empty() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(scan::cover(text, &scan::in_order(places)))
    }

    /// Replaces the credentials in all strings of a value with stars.
    pub fn redact_json(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::from(self.redact(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.redact_json(item)).collect(),
            Value::Object(members) => {
                let name = members.get("name").and_then(Value::as_str).map(str::to_owned);
                let starred = |(key, value): (String, Value)| {
                    let name = name.as_deref().filter(|_| key == "value").unwrap_or(&key);
                    let is_secret = |text: &str| scan::tells(name) && scan::fits(name, text);
                    let value = if value.as_str().is_some_and(is_secret) {
                        Value::from("********")
                    } else {
                        self.redact_json(value)
                    };
                    (self.redact(&key).into_owned(), value)
                };
                Value::Object(members.into_iter().map(starred).collect())
            }
            other => other,
        }
    }
}

/// Minimum length in bytes; shorter values could be part of any word, so they are hidden only where a text quotes them.
const MIN_LEN: usize = 4;

/// Maximum number of digits of a number that can be a port or a size.
const MAX_DIGITS: usize = 5;

/// The number of digits of an account ID.
const ACCOUNT_DIGITS: usize = 12;

/// Maximum number of values to search for. If there are more, everything is hidden.
pub(crate) const MAX_VALUES: usize = 10_000;

/// Where a value is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    /// Only in findings about a place that is marked as a secret, and only between quotation marks: it is short.
    Quotes,
    /// Only in findings about a place that is marked as a secret, and only as a whole word: it is a common word, or a name that
    /// is also used without a mark.
    Findings,
    /// In any text, but only as a whole word.
    Words,
    /// Anywhere.
    Any,
}

/// The values to search for in texts.
#[derive(Debug)]
struct Values {
    search: AhoCorasick,
    within: Vec<Within>,
}

impl Values {
    /// The values to search for between quotation marks in findings, anywhere in findings, and in any text. A short value must not
    /// keep a longer one from being found, so they are apart.
    fn all(values: BTreeMap<String, Within>) -> [Option<Arc<Values>>; 3] {
        let mut all = [Vec::new(), Vec::new(), Vec::new()];
        for (value, within) in values {
            let position = match within {
                Within::Quotes => 0,
                Within::Findings => 1,
                Within::Words | Within::Any => 2,
            };
            all[position].push((value, within));
        }
        all.map(Values::new)
    }

    fn new(values: Vec<(String, Within)>) -> Option<Arc<Values>> {
        let (texts, within): (Vec<String>, Vec<Within>) = values.into_iter().unzip();
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).ok()?;
        (!within.is_empty()).then(|| Arc::new(Values { search, within }))
    }

    /// The places of the values in a text.
    fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let of_name = |c: char| c.is_alphanumeric() || "_-./:@".contains(c);
        let is_alone = move |place: &Range<usize>| {
            !text[..place.start].ends_with(of_name) && !text[place.end..].starts_with(of_name)
        };
        let is_quoted = |place: &Range<usize>| {
            text[..place.start].ends_with(['`', '"']) && text[place.end..].starts_with(['`', '"'])
        };
        let found = self.search.find_iter(text).map(|found| (found.range(), found.pattern().as_usize()));
        let hidden = found.filter(move |(place, index)| match self.within[*index] {
            Within::Any => true,
            Within::Words | Within::Findings => is_alone(place),
            Within::Quotes => is_quoted(place),
        });
        hidden.map(|(place, _)| place)
    }
}

/// Records a credential as it is written and as it is read, and each of its lines, because a patch may show a single
/// line. `most` limits where it is searched for.
fn note(written: &str, most: Within, values: &mut BTreeMap<String, Within>) {
    let read = serde_json::from_str::<String>(&format!("\"{written}\"")).ok();
    for text in [Some(written.to_owned()), read].into_iter().flatten() {
        let text = text.trim();
        let lines =
            text.lines().map(str::trim).filter(|line| line.len() > 2 * MIN_LEN && !line.starts_with("-----"));
        for value in lines.chain([text]).filter(|value| value.len() >= MIN_LEN) {
            let within = most.min(usual(value));
            values.entry(value.to_owned()).and_modify(|known| *known = within.max(*known)).or_insert(within);
        }
    }
}

/// Records what [`note`] would not look for because it could be part of anything: marked values that are short, and long numbers.
fn note_marked(text: &str, most: Within, values: &mut BTreeMap<String, Within>) {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let within = match text.len() {
        0 => return,
        1..MIN_LEN if is_number => Within::Findings,
        1..MIN_LEN => Within::Quotes,
        _ if is_number && text.len() > MAX_DIGITS => Within::Any,
        _ => return,
    };
    let within = most.min(within);
    values.entry(text.to_owned()).and_modify(|known| *known = within.max(*known)).or_insert(within);
}

/// Where a value is searched for if nothing else is known about it.
fn usual(value: &str) -> Within {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = value.chars().all(|c| c.is_alphanumeric() || "-_./ ".contains(c));
    let is_word = is_plain && !patterns::mixes(value);
    match () {
        () if ["true", "false", "null"].contains(&value) => Within::Findings,
        () if is_number && value.len() <= MAX_DIGITS => Within::Findings,
        () if patterns::is_weak(value) && is_word => Within::Findings,
        // The ID of an account is a part of many names.
        () if is_number && value.len() == ACCOUNT_DIGITS => Within::Words,
        () if patterns::is_weak(value) && !is_number => Within::Words,
        () => Within::Any,
    }
}

/// A secret value, its JSON encoding and, if it encodes others as JSON, the strings in it.
fn texts_of(text: &str) -> Vec<String> {
    let encoded = Value::from(text).to_string();
    let mut texts = vec![text.to_owned(), encoded.trim_matches('"').to_owned()];
    if text.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(text)
    {
        add_strings(value, &mut texts);
    }
    texts
}

fn add_strings(value: Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.into_iter().for_each(|item| add_strings(item, texts)),
        Value::Object(members) => members.into_iter().for_each(|(_, member)| add_strings(member, texts)),
        _ => {}
    }
}

/// Maximum length of an expression whose strings are searched; a longer one is hidden as a whole.
const MAX_EXPRESSION: usize = 10_000;

/// The bytes of a secret at its place: all of them, or the strings in the expression that it is the value of.
fn written(secret: &Secret, sources: &Sources) -> Vec<Range<usize>> {
    let at = secret.at.range();
    let text = sources.text(secret.at);
    let is_string = text.starts_with(['"', '\'']) && !text.contains("${");
    let is_literal = is_string || text.len() == secret.text.len() || text.contains(&*secret.text);
    if is_literal || text.len() > MAX_EXPRESSION {
        return vec![at];
    }
    let mut found = Vec::new();
    let mut start = at.start;
    for (index, piece) in text.split('"').enumerate() {
        if index % 2 == 1 && scan::is_value(piece) {
            found.push(start..start + piece.len());
        }
        start += piece.len() + 1;
    }
    found
}
