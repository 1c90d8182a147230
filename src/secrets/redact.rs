//! Redacts credentials in output: their places in the files of a run, and their values, which messages may repeat.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use crate::secrets::scan::{self, ScanCache};
use crate::source::{FileId, Sources, Span, Spans};

/// The credentials of a run.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Where they are.
    pub spans: Spans,
    /// Their values.
    values: Option<AhoCorasick>,
}

impl Redactor {
    /// Finds everything in the files of a run that looks like a credential, and adds the known ones.
    pub(crate) fn new(known: Vec<Span>, sources: &Sources, cache: &mut ScanCache) -> Redactor {
        let mut values = BTreeSet::new();
        let mut spans = cache.scan(sources);
        spans.iter().for_each(|span| note(sources.text(*span), &mut values));
        let alone = known.iter().map(|span| sources.text(*span).trim_matches('"'));
        // If a text contains more than a credential, the scan of the files has already found it.
        let whole = alone.filter(|text| scan::places(text).is_empty() && scan::is_value(text));
        whole.for_each(|text| note(text, &mut values));
        spans.extend(known);
        Redactor { spans: Spans::from(spans), values: searched(&values) }
    }

    /// Adds the places in some files where the same bytes occur under other names.
    pub(crate) fn find_everywhere(&mut self, files: &BTreeSet<FileId>, sources: &Sources) {
        let Some(values) = &self.values else { return };
        let of_file = |file: &FileId| {
            let found = values.find_iter(&*sources.get(*file).text);
            found.map(|found| Span::new(*file, found.start(), found.end())).collect::<Vec<Span>>()
        };
        self.spans =
            Spans::from(files.iter().flat_map(of_file).chain(self.spans.iter()).collect::<Vec<Span>>());
    }

    /// The credentials of a text that is no longer a file of the run.
    pub fn values_of(text: &str) -> Redactor {
        let mut values = BTreeSet::new();
        scan::places(text).into_iter().for_each(|place| note(&text[place], &mut values));
        Redactor { spans: Spans::default(), values: searched(&values) }
    }

    /// Replaces the credentials in a text with stars.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut places: Vec<Range<usize>> = scan::places(text);
        if let Some(values) = &self.values {
            places.extend(values.find_iter(text).map(|found| found.range()));
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

/// Records a credential as it is written and as it is read, and each of its lines, because a patch may show a single
/// line.
fn note(written: &str, values: &mut BTreeSet<String>) {
    let read = serde_json::from_str::<String>(&format!("\"{written}\"")).ok();
    for text in [Some(written.to_owned()), read].into_iter().flatten() {
        let text = text.trim();
        let lines =
            text.lines().map(str::trim).filter(|line| line.len() > 2 * MIN_LEN && !line.starts_with("-----"));
        values.extend(lines.chain([text]).filter(|value| value.len() >= MIN_LEN).map(str::to_owned));
    }
}

/// Maximum number of values to search for. In files with more, the others are only redacted at their own places.
const MAX_VALUES: usize = 10_000;

fn searched(values: &BTreeSet<String>) -> Option<AhoCorasick> {
    let kind =
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(values.iter().take(MAX_VALUES));
    kind.ok().filter(|_| !values.is_empty())
}
