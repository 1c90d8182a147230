//! Redacts credentials in output: their places in the files of a run, and their values, which messages may repeat.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use crate::secrets::patterns;
use crate::secrets::scan::{self, ScanCache};
use crate::source::{FileId, Sources, Span, Spans};
use crate::value::Secret;

/// The credentials of a run.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Where they are.
    pub spans: Spans,
    /// Their values.
    values: Option<Arc<Values>>,
}

impl Redactor {
    /// Finds everything in the files of a run that looks like a credential, and adds the known secrets.
    pub(crate) fn new(known: Vec<Secret>, sources: &Sources, cache: &mut ScanCache) -> Redactor {
        let mut values = BTreeMap::new();
        let mut spans = cache.scan(sources);
        spans.iter().for_each(|span| note(sources.text(*span), &mut values));
        for secret in known.into_iter().collect::<BTreeSet<Secret>>() {
            let part = |place: Range<usize>| secret.at.part(place);
            let found: Vec<Span> = written(&secret, sources).into_iter().map(part).collect();
            if !secret.text.is_empty() {
                found.iter().for_each(|span| note(sources.text(*span).trim_matches('"'), &mut values));
                note_value(&secret.text, &mut values);
            }
            spans.extend(found);
        }
        Redactor { spans: Spans::from(spans), values: Values::new(&values) }
    }

    /// Adds the places in some files where the same bytes occur under other names.
    pub(crate) fn find_everywhere(&mut self, files: &BTreeSet<FileId>, sources: &Sources) {
        let Some(values) = &self.values else { return };
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
        scan::places(text).into_iter().for_each(|place| note(&text[place], &mut values));
        Redactor { spans: Spans::default(), values: Values::new(&values) }
    }

    /// Replaces the credentials in a text with stars.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut places: Vec<Range<usize>> = scan::places(text);
        if let Some(values) = &self.values {
            places.extend(values.places(text));
            places.sort_unstable_by_key(|place| (place.start, place.end));
        }
        if places.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(scan::cover(text, &places)) }
    }

    /// Replaces the credentials in all strings of a value with stars.
    pub fn redact_json(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::from(self.redact(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.redact_json(item)).collect(),
            Value::Object(members) => {
                let named = members.get("name").and_then(Value::as_str).is_some_and(scan::tells);
                let starred = |(key, value): (String, Value)| {
                    let tells = scan::tells(&key) || (named && key == "value");
                    let value = if value.as_str().is_some_and(|text| tells && scan::is_value(text)) {
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

/// Minimum length in bytes; shorter values could be part of any word.
const MIN_LEN: usize = 4;

/// Maximum number of values to search for. In files with more, the others are only redacted at their own places.
const MAX_VALUES: usize = 10_000;

/// Where a value is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    /// Only between other characters than those of names: it is a common word that is marked as a secret.
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
    fn new(values: &BTreeMap<String, Within>) -> Option<Arc<Values>> {
        let (texts, within): (Vec<&String>, Vec<Within>) = values.iter().take(MAX_VALUES).unzip();
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).ok()?;
        (!within.is_empty()).then(|| Arc::new(Values { search, within }))
    }

    /// The places of the values in a text.
    fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let of_name = |c: char| c.is_alphanumeric() || "_-./:@".contains(c);
        let is_alone = move |place: &Range<usize>| {
            !text[..place.start].ends_with(of_name) && !text[place.end..].starts_with(of_name)
        };
        let found = self.search.find_iter(text).map(|found| (found.range(), found.pattern().as_usize()));
        let hidden =
            found.filter(move |(place, index)| self.within[*index] == Within::Any || is_alone(place));
        hidden.map(|(place, _)| place)
    }
}

/// Records a credential as it is written and as it is read, and each of its lines, because a patch may show a single
/// line.
fn note(written: &str, values: &mut BTreeMap<String, Within>) {
    let read = serde_json::from_str::<String>(&format!("\"{written}\"")).ok();
    for text in [Some(written.to_owned()), read].into_iter().flatten() {
        let text = text.trim();
        let lines =
            text.lines().map(str::trim).filter(|line| line.len() > 2 * MIN_LEN && !line.starts_with("-----"));
        for value in lines.chain([text]).filter(|value| value.len() >= MIN_LEN) {
            let is_word = patterns::is_weak(value) || value.bytes().all(|byte| byte.is_ascii_digit());
            let within = if is_word { Within::Words } else { Within::Any };
            values.entry(value.to_owned()).and_modify(|known| *known = within.max(*known)).or_insert(within);
        }
    }
}

/// Records a secret value and, if it encodes others as JSON, the strings in it.
fn note_value(text: &str, values: &mut BTreeMap<String, Within>) {
    if text.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(text)
    {
        note_strings(&value, values);
    }
    let encoded = Value::from(text).to_string();
    note(text, values);
    note(encoded.trim_matches('"'), values);
}

fn note_strings(value: &Value, values: &mut BTreeMap<String, Within>) {
    match value {
        Value::String(text) => note(text, values),
        Value::Array(items) => items.iter().for_each(|item| note_strings(item, values)),
        Value::Object(members) => members.values().for_each(|member| note_strings(member, values)),
        _ => {}
    }
}

/// Maximum length of an expression whose strings are searched.
const MAX_EXPRESSION: usize = 10_000;

/// The bytes of a secret at its place: all of them, or the strings in the expression that it is the value of.
fn written(secret: &Secret, sources: &Sources) -> Vec<Range<usize>> {
    let at = secret.at.range();
    let text = sources.text(secret.at);
    let is_string = text.starts_with(['"', '\'']) && !text.contains("${");
    let is_literal = is_string || text.len() == secret.text.len() || text.contains(&*secret.text);
    if is_literal {
        return vec![at];
    }
    let mut found = Vec::new();
    let mut start = at.start;
    for (index, piece) in text[..text.floor_char_boundary(MAX_EXPRESSION)].split('"').enumerate() {
        if index % 2 == 1 && scan::is_value(piece) {
            found.push(start..start + piece.len());
        }
        start += piece.len() + 1;
    }
    found
}
