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
    outcome.redactor.spans.iter().chain(outcome.unread.iter().copied()).for_each(place);
}

/// The bytes that a finding's fix changes are ordered and do not overlap.
pub fn edits(found: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = found.fix.iter().flat_map(|fix| &fix.edits);
    edits.map(|edit| edit.span)
}

type Writer = fn(&Outcome, &Sources, &mut dyn io::Write) -> io::Result<()>;

/// Every format can write an outcome, and the JSON formats write valid JSON.
pub fn reports(outcome: &Outcome, sources: &Sources) {
    let style = Style::default();
    let mut out = Vec::new();
    let written = [
        report::human::write(outcome, sources, style, &mut out),
        report::plain::write(outcome, sources, &mut out),
        report::concise::write(outcome, sources, Style::default(), &mut out),
        report::github::write(outcome, sources, &mut out),
        report::checkstyle::write(outcome, sources, &mut out),
        report::junit::write(outcome, sources, &mut out),
        report::rdjson::write(outcome, sources, &mut out),
    ];
    assert!(written.iter().all(Result::is_ok));
    assert!(String::from_utf8(out).is_ok());
    let mut writers: Vec<Writer> = vec![report::json::write, report::gitlab::write];
    // SARIF contains all rule pages, which takes longer than everything else.
    writers.extend((outcome.diagnostics.len() == 7).then_some(report::sarif::write as Writer));
    for write in writers {
        let mut out = Vec::new();
        assert!(write(outcome, sources, &mut out).is_ok());
        assert!(serde_json::from_slice::<serde_json::Value>(&out).is_ok());
    }
}

/// An outcome as text that does not depend on file IDs.
pub fn said(outcome: &Outcome, sources: &Sources) -> String {
    let mut out = Vec::new();
    assert!(report::json::write(outcome, sources, &mut out).is_ok());
    String::from_utf8_lossy(&out).into_owned()
}
