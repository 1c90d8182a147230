//! Findings for people, in the layout of rustc: the sentence, the line to change, the other places, and what to do.

use std::fmt;
use std::io::{self, Write};

use miette::{LabeledSpan, Severity as Level};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Fix, Safety, Severity, USED_HERE};
use crate::report::obeyed::one_line;
use crate::report::style::Style;
use crate::rules;
use crate::source::Sources;

mod handler;
mod lines;
mod snippet;
#[cfg(test)]
mod tests;

/// Writes the findings, with an empty line after each.
///
/// # Errors
/// Those of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, style: Style, out: &mut dyn Write) -> io::Result<()> {
    outcome.diagnostics.iter().try_for_each(|found| writeln!(out, "{}", text(found, outcome, sources, style)))
}

/// One finding, with a line break at its end.
pub(super) fn text(found: &Diagnostic, outcome: &Outcome, sources: &Sources, style: Style) -> String {
    let shown = Shown::new(found, outcome, sources, style);
    handler::Handler::new(style).draw(&shown).to_string()
}

/// A finding in the terms of miette.
struct Shown<'f> {
    found: &'f Diagnostic,
    lines: lines::Lines<'f>,
    labels: Vec<LabeledSpan>,
    message: String,
    help: Option<String>,
}

impl<'f> Shown<'f> {
    fn new(found: &'f Diagnostic, outcome: &'f Outcome, sources: &'f Sources, style: Style) -> Shown<'f> {
        let others = found.labels.iter().map(|label| label.span);
        let lines = lines::Lines::new(sources, &outcome.redactor.spans, style.width, found.span, others);
        // A value may be written elsewhere, in a local or in another resource.
        let used = found.labels.iter().find(|label| label.message == USED_HERE);
        let place = used.map_or(found.span, |label| label.span);
        let subject = outcome.subjects.among(place, &found.resources);
        let shown =
            |label: String| one_line(&outcome.redactor.redact_about(&label, [found.span, place].into_iter()));
        let subject = subject.map(|subject| shown(subject.label(place)));
        let primary = LabeledSpan::new_primary_with_span(subject, lines.shown(found.span));
        let others = found
            .labels
            .iter()
            .map(|label| LabeledSpan::new_with_span(Some(one_line(&label.message)), lines.shown(label.span)));
        let labels = std::iter::once(primary).chain(others).collect();
        Shown { found, lines, labels, message: one_line(&found.message), help: help(found) }
    }
}

/// How sentences are wrapped: at spaces only, so that names and addresses stay whole.
pub(crate) fn wrapping<'i>(width: usize) -> textwrap::Options<'i> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// What to write instead, and what `--fix` would do.
fn help(found: &Diagnostic) -> Option<String> {
    let help = found.help.as_deref().map(one_line);
    let Some(Fix { title, safety, .. }) = &found.fix else { return help };
    let title = one_line(title);
    let option = match safety {
        Safety::Safe => "--fix",
        Safety::Unsafe => "--fix --unsafe-fixes",
    };
    Some(match help {
        Some(help) if help != title => format!("{help} ({option}: {title})"),
        _ => format!("{title} ({option})"),
    })
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.found.rule))
    }

    fn severity(&self) -> Option<Level> {
        Some(match self.found.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(rules::find(self.found.rule)?.url()))
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.lines)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
