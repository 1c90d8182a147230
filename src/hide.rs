//! What no output shows: where credentials stand in the files of a run, and what they are, since messages repeat values.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Fix};
use crate::model::stars;
use crate::parallel;
use crate::sources::Sources;
use crate::span::{FileId, Span, Spans};

/// The credentials of a run.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    /// Where they stand.
    pub spans: Spans,
    /// What they are.
    values: Option<AhoCorasick>,
}

impl Hidden {
    /// What the files of a run hold that looks like a credential, and what is known to be one.
    pub(crate) fn new(known: Vec<Span>, sources: &Sources) -> Hidden {
        let files: Vec<FileId> = sources.files().collect();
        let read = parallel::map(&files, |file| {
            let places = sources.get(*file).secrets().iter();
            places.map(|place| Span::new(*file, place.start, place.end)).collect::<Vec<Span>>()
        });
        let mut values = BTreeSet::new();
        let mut spans: Vec<Span> = read.into_iter().flatten().collect();
        spans.iter().for_each(|span| note(sources.text(*span), &mut values));
        let alone = known.iter().map(|span| sources.text(*span).trim_matches('"'));
        // Of what has more in it, the files have told already.
        let whole = alone.filter(|text| stars::places(text).is_empty() && stars::is_value(text));
        whole.for_each(|text| note(text, &mut values));
        spans.extend(known);
        Hidden { spans: Spans::from(spans), values: searched(&values) }
    }

    /// Adds where the same bytes stand under other names, in some files.
    fn everywhere_in(&mut self, files: &BTreeSet<FileId>, sources: &Sources) {
        let Some(values) = &self.values else { return };
        let of_file = |file: &FileId| {
            let found = values.find_iter(&*sources.get(*file).text);
            found.map(|found| Span::new(*file, found.start(), found.end())).collect::<Vec<Span>>()
        };
        self.spans =
            Spans::from(files.iter().flat_map(of_file).chain(self.spans.iter()).collect::<Vec<Span>>());
    }

    /// The credentials of a text that is no file of the run any more.
    pub(crate) fn values_of(text: &str) -> Hidden {
        let mut values = BTreeSet::new();
        stars::places(text).into_iter().for_each(|place| note(&text[place], &mut values));
        Hidden { spans: Spans::default(), values: searched(&values) }
    }

    /// A text with stars for the credentials in it.
    pub fn star<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut places: Vec<Range<usize>> = stars::places(text);
        if let Some(values) = &self.values {
            places.extend(values.find_iter(text).map(|found| found.range()));
            places.sort_unstable_by_key(|place| (place.start, place.end));
        }
        match places.is_empty() {
            true => Cow::Borrowed(text),
            false => Cow::Owned(stars::cover(text, &places)),
        }
    }

    /// The same for the strings of a value.
    pub fn star_json(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::from(self.star(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.star_json(item)).collect(),
            Value::Object(members) => {
                let named = members.get("name").and_then(Value::as_str).is_some_and(stars::tells);
                let starred = |(key, value): (String, Value)| {
                    let tells = stars::tells(&key) || (named && key == "value");
                    let value = match value.as_str().is_some_and(|text| tells && stars::is_value(text)) {
                        true => Value::from("********"),
                        false => self.star_json(value),
                    };
                    (self.star(&key).into_owned(), value)
                };
                Value::Object(members.into_iter().map(starred).collect())
            }
            other => other,
        }
    }

    /// Whether all that a fix writes may be shown.
    pub fn allows(&self, fix: &Fix) -> bool {
        fix.edits.iter().all(|edit| matches!(self.star(&edit.text), Cow::Borrowed(_)))
    }

    fn star_all(&self, found: &mut Diagnostic) {
        let fix = found.fix.iter_mut().map(|fix| &mut fix.title);
        let labels = found.labels.iter_mut().map(|label| &mut label.message);
        let said = [&mut found.message].into_iter().chain(&mut found.help).chain(labels).chain(fix);
        for text in said {
            if let Cow::Owned(starred) = self.star(text) {
                *text = starred;
            }
        }
    }
}

/// Takes all credentials out of what was found.
pub(crate) fn hide(outcome: &mut Outcome, known: Vec<Span>, sources: &Sources) {
    let mut hidden = Hidden::new(known, sources);
    hidden.everywhere_in(&shown(&outcome.diagnostics), sources);
    outcome.diagnostics.iter_mut().for_each(|found| hidden.star_all(found));
    for undecided in &mut outcome.undecided {
        if let Cow::Owned(starred) = hidden.star(&undecided.name) {
            undecided.name = starred.into();
        }
    }
    outcome.hidden = hidden;
}

/// The files that findings show lines of.
fn shown(diagnostics: &[Diagnostic]) -> BTreeSet<FileId> {
    let labels = diagnostics.iter().flat_map(|found| &found.labels).map(|label| label.span.file);
    diagnostics.iter().map(|found| found.span.file).chain(labels).collect()
}

/// The least bytes that are looked for: fewer may be part of any word.
const LEAST: usize = 4;

/// Notes a credential as it is written and as it is read, and its lines, of which a patch may show one.
fn note(written: &str, values: &mut BTreeSet<String>) {
    let read = serde_json::from_str::<String>(&format!("\"{written}\"")).ok();
    for text in [Some(written.to_owned()), read].into_iter().flatten() {
        let text = text.trim();
        let lines =
            text.lines().map(str::trim).filter(|line| line.len() > 2 * LEAST && !line.starts_with("-----"));
        values.extend(lines.chain([text]).filter(|value| value.len() >= LEAST).map(str::to_owned));
    }
}

/// The most of them that are looked for. Files made to hold more show them where they stand alone in a message.
const MOST: usize = 10_000;

fn searched(values: &BTreeSet<String>) -> Option<AhoCorasick> {
    let kind = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(values.iter().take(MOST));
    kind.ok().filter(|_| !values.is_empty())
}
