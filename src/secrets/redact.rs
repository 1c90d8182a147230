//! Redacts credentials in output: their places in the files of a run, and their values, which messages may repeat.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;
use smol_str::SmolStr;

use crate::secrets::scan::{self, ScanCache};
use crate::secrets::values::{Values, Within, note, note_marked};
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
        if is_too_much(&values) {
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
            let found = values.places(&sources.get(*file).text).into_iter();
            found.map(|found| Span::new(*file, found.start, found.end)).collect::<Vec<Span>>()
        };
        self.spans =
            Spans::from(files.iter().flat_map(of_file).chain(self.spans.iter()).collect::<Vec<Span>>());
    }

    /// The credentials of a text that is no longer a file of the run.
    pub fn values_of(text: &str) -> Redactor {
        let mut values = BTreeMap::new();
        scan::places(text).into_iter().for_each(|place| note(&text[place], Within::Any, &mut values));
        if is_too_much(&values) {
            return Redactor { hides_all: true, ..Redactor::default() };
        }
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

/// Maximum number of values to search for, and maximum number of their bytes. If there are more, everything is hidden.
pub(crate) const MAX_VALUES: usize = 10_000;
pub(crate) const MAX_BYTES: usize = 1_000_000;

/// Whether there are more values than are searched for.
fn is_too_much(values: &BTreeMap<String, Within>) -> bool {
    values.len() > MAX_VALUES || values.keys().map(String::len).sum::<usize>() > MAX_BYTES
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
