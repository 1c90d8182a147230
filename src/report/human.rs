//! Findings for people: the lines concerned in every file, with what each has to do with it. Only what is below here
//! uses miette.

use std::fmt;
use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity as Grade};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::plain::{is_obeyed, offered, one_line};
use crate::rules;
use crate::source::{Sources, Spans};

mod lines;
#[cfg(test)]
mod tests;

/// Sentences are wrapped at this many columns, on a wider terminal too.
const WIDEST: usize = 100;

/// Nothing is wrapped at fewer.
const NARROWEST: usize = 40;

/// How much a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Colours.
    pub colour: bool,
    /// Links behind words (OSC 8); without them addresses are printed.
    pub links: bool,
    /// The columns of the terminal, if it is one.
    pub width: Option<usize>,
}

/// Writes the findings.
///
/// # Errors
/// Those of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let theme = if !style.colour { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::unicode() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(style.links)
        .with_width(style.width.map_or(WIDEST, |width| width.clamp(NARROWEST, WIDEST)))
        .with_context_lines(1);
    outcome.diagnostics.iter().try_for_each(|found| {
        let mut text = String::new();
        // Writing to a string does not fail; were it to, the message alone is better than nothing.
        if handler
            .render_report(&mut text, &Shown::new(found, sources, &outcome.redactor.spans, style))
            .is_err()
        {
            text = format!("{}: {}", found.rule, one_line(&found.message));
        }
        writeln!(out, "{}\n", text.trim_end())
    })
}

/// A finding as miette wants it.
struct Shown<'f> {
    found: &'f Diagnostic,
    lines: lines::Lines<'f>,
    labels: Vec<LabeledSpan>,
    message: String,
    help: Option<String>,
}

impl<'f> Shown<'f> {
    fn new(found: &'f Diagnostic, sources: &'f Sources, hidden: &'f Spans, style: Style) -> Shown<'f> {
        let spans = std::iter::once(found.span).chain(found.labels.iter().map(|label| label.span));
        let lines = lines::Lines::new(sources, hidden, style.width, spans);
        let primary = LabeledSpan::new_primary_with_span(None, lines.shown(found.span));
        let others = found
            .labels
            .iter()
            .map(|label| LabeledSpan::new_with_span(Some(one_line(&label.message)), lines.shown(label.span)));
        let labels = std::iter::once(primary).chain(others).collect();
        let fix = found.fix.as_ref().map(offered);
        let help: Vec<String> = found.help.iter().map(|help| one_line(help)).chain(fix).collect();
        let help = (!help.is_empty()).then(|| help.join("\n"));
        Shown { found, lines, labels, message: one_line(&found.message), help }
    }
}

/// A line of a file without the characters that a terminal might obey; each is one character still.
pub(crate) fn visible(line: &str) -> String {
    let shown = |c: char| match c {
        '\t' => c,
        c if is_obeyed(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    line.chars().map(shown).collect()
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

    fn severity(&self) -> Option<Grade> {
        Some(match self.found.severity {
            Severity::Error => Grade::Error,
            Severity::Warning => Grade::Warning,
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
