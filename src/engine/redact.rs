//! Removes credentials from the outcome of a run.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Fix};
use crate::engine::Outcome;
use crate::secrets::{Redactor, ScanCache};
use crate::source::{FileId, Sources};
use crate::value::Secret;

/// Whether everything that a fix writes may be shown.
pub(crate) fn allows(redactor: &Redactor, fix: &Fix) -> bool {
    fix.edits.iter().all(|edit| matches!(redactor.redact(&edit.text), Cow::Borrowed(_)))
}

/// Removes all credentials from an outcome; `known` are those that requests and evaluation have revealed.
pub(super) fn redact(outcome: &mut Outcome, known: Vec<Secret>, sources: &Sources, cache: &mut ScanCache) {
    let mut redactor = Redactor::new(known, sources, cache);
    redactor.find_everywhere(&shown(&outcome.diagnostics), sources);
    outcome.diagnostics.iter_mut().for_each(|found| redact_diagnostic(&redactor, found));
    for inconclusive in &mut outcome.inconclusive {
        if let Cow::Owned(redacted) = redactor.redact(&inconclusive.name) {
            inconclusive.name = redacted.into();
        }
    }
    outcome.redactor = redactor;
}

fn redact_diagnostic(redactor: &Redactor, found: &mut Diagnostic) {
    let fix = found.fix.iter_mut().map(|fix| &mut fix.title);
    let labels = found.labels.iter_mut().map(|label| &mut label.message);
    let texts = [&mut found.message].into_iter().chain(&mut found.help).chain(labels).chain(fix);
    for text in texts {
        if let Cow::Owned(redacted) = redactor.redact(text) {
            *text = redacted;
        }
    }
}

/// The files of which findings show lines.
fn shown(diagnostics: &[Diagnostic]) -> BTreeSet<FileId> {
    let labels = diagnostics.iter().flat_map(|found| &found.labels).map(|label| label.span.file);
    diagnostics.iter().map(|found| found.span.file).chain(labels).collect()
}
