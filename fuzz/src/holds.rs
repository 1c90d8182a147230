//! Properties of every outcome.

use std::io;

use ecslint::Outcome;
use ecslint::diagnostic::Diagnostic;
use ecslint::report;
use ecslint::report::style::Style;
use ecslint::source::{Sources, Span};

/// A place is within its text, at character boundaries.
pub fn place(text: &str, at: Span) {
    assert!(at.start <= at.end, "{at:?} ends before it begins");
    assert!(text.get(at.range()).is_some(), "{at:?} lies not between letters of the {} bytes", text.len());
}

/// Every place in an outcome is valid.
pub fn places(outcome: &Outcome, sources: &Sources) {
    let place = |at: Span| place(&sources.get(at.file).text, at);
    for found in &outcome.diagnostics {
        place(found.span);
        found.labels.iter().for_each(|label| place(label.span));
        edits(found).for_each(place);
        assert!(!found.message.is_empty());
    }
    outcome.inconclusive.iter().for_each(|inconclusive| place(inconclusive.span));
    outcome.redactor.spans.iter().chain(outcome.unread.calls.iter().copied()).for_each(place);
}

/// The bytes that a finding's fix changes are ordered and do not overlap.
pub fn edits(found: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = found.fix.iter().flat_map(|fix| &fix.edits);
    edits.map(|edit| edit.span)
}

type Writer = fn(&Outcome, &Sources, &mut dyn io::Write) -> io::Result<()>;

/// The formats, and whether they are JSON. SARIF contains all rule pages, so it takes longer than the others.
const FORMATS: &[(Writer, bool)] = &[
    (|outcome, sources, out| report::human::write(outcome, sources, Style::default(), out), false),
    (|outcome, sources, out| report::plain::write(outcome, sources, out), false),
    (|outcome, sources, out| report::concise::write(outcome, sources, Style::default(), out), false),
    (|outcome, sources, out| report::github::write(outcome, sources, out), false),
    (|outcome, sources, out| report::checkstyle::write(outcome, sources, out), false),
    (|outcome, sources, out| report::junit::write(outcome, sources, out), false),
    (|outcome, sources, out| report::rdjson::write(outcome, sources, out), false),
    (report::json::write, true),
    (report::gitlab::write, true),
    (report::sarif::write, true),
];

/// A number below `most` that depends on the input: a target that does one of several things for each input is faster, and
/// does all of them for the changes of the input.
pub fn choice(data: &[u8], most: usize) -> usize {
    let hash = data.iter().fold(most as u64, |hash, byte| {
        (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    usize::try_from(hash >> 33).unwrap_or_default() % most.max(1)
}

/// A format that depends on the input can write an outcome, and the JSON formats write valid JSON.
pub fn report(data: &[u8], outcome: &Outcome, sources: &Sources) {
    let (write, is_json) = FORMATS[choice(data, FORMATS.len())];
    let mut out = Vec::new();
    assert!(write(outcome, sources, &mut out).is_ok());
    assert!(std::str::from_utf8(&out).is_ok());
    assert!(!is_json || serde_json::from_slice::<serde_json::Value>(&out).is_ok());
}

/// An outcome as text that does not depend on file IDs.
pub fn said(outcome: &Outcome, sources: &Sources) -> String {
    let mut out = Vec::new();
    assert!(report::json::write(outcome, sources, &mut out).is_ok());
    String::from_utf8_lossy(&out).into_owned()
}
