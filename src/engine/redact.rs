//! Removes credentials from the outcome of a run.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::engine::{INTERNAL_ERROR, Outcome};
use crate::rules;
use crate::secrets::{MAX_BYTES, MAX_VALUES, Redactor};
use crate::source::{FileId, Sources, Span};

/// The rules whose messages quote no values, so that they are readable even if everything is hidden.
const WITHOUT_VALUES: [&str; 2] = [INTERNAL_ERROR, rules::LIMIT_REACHED];

/// Whether everything that a fix writes may be shown.
pub(crate) fn allows(redactor: &Redactor, fix: &Fix) -> bool {
    fix.edits.iter().all(|edit| matches!(redactor.redact_strictly(&edit.text), Cow::Borrowed(_)))
}

/// The finding that everything is hidden.
pub(super) fn limit(place: Span) -> Diagnostic {
    Diagnostic {
        rule: rules::LIMIT_REACHED,
        severity: Severity::Warning,
        message: format!(
            "there are more than {MAX_VALUES} credentials, or more than {MAX_BYTES} bytes of them; all messages and source lines \
             are hidden"
        ),
        span: place,
        labels: Vec::new(),
        help: None,
        fix: None,
        resources: Vec::new(),
    }
}

/// Removes all credentials from an outcome.
pub(super) fn redact(outcome: &mut Outcome, mut redactor: Redactor, sources: &Sources) {
    redactor.find_everywhere(&shown(&outcome.diagnostics), sources);
    outcome.diagnostics.iter_mut().for_each(|found| redact_diagnostic(&redactor, found));
    for inconclusive in &mut outcome.inconclusive {
        if let Cow::Owned(redacted) = redactor.redact(&inconclusive.name) {
            inconclusive.name = redacted.into();
        }
    }
    for name in outcome.unfollowed.iter_mut().flat_map(|(_, names)| names) {
        if let Cow::Owned(redacted) = redactor.redact(name) {
            *name = redacted.into();
        }
    }
    outcome.redactor = redactor;
}

fn redact_diagnostic(redactor: &Redactor, found: &mut Diagnostic) {
    let places: Vec<Span> = found.labels.iter().map(|label| label.span).chain([found.span]).collect();
    let fix = found.fix.iter_mut().map(|fix| &mut fix.title);
    let labels = found.labels.iter_mut().map(|label| &mut label.message);
    let message = Some(&mut found.message).filter(|_| !WITHOUT_VALUES.contains(&found.rule));
    for text in message.into_iter().chain(&mut found.help).chain(labels).chain(fix) {
        if let Cow::Owned(redacted) = redactor.redact_about(text, places.iter().copied()) {
            *text = redacted;
        }
    }
}

/// The files of which findings show lines.
fn shown(diagnostics: &[Diagnostic]) -> BTreeSet<FileId> {
    let labels = diagnostics.iter().flat_map(|found| &found.labels).map(|label| label.span.file);
    diagnostics.iter().map(|found| found.span.file).chain(labels).collect()
}
