//! Lines of a file with marks below the places of a finding.

use std::fmt::{self, Write};
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, SourceCode, SourceSpan, SpanContents};
use textwrap::core::display_width;

use crate::diagnostic::Severity;
use crate::report::human::wrapping;
use crate::report::style::{Role, Style};

/// The columns that a tab fills.
const TAB: &str = "    ";

/// The columns of a label, where the output is not a terminal.
const WIDEST: usize = 120;

/// A label with less room than this at the right of its mark stands below it.
const ROOM: usize = 24;

/// Neighbouring lines of one file, and the places that they have.
pub(super) struct Snippet<'f> {
    contents: Box<dyn SpanContents<'f> + 'f>,
    /// Line and column, from 1, of the first of `places`.
    start: (usize, usize),
    /// The place to change is first in the first snippet.
    places: Vec<LabeledSpan>,
}

/// The snippets of a finding: that of the place to change first, the others in the order of the labels.
pub(super) fn snippets<'f>(found: &'f dyn Diagnostic) -> Vec<Snippet<'f>> {
    let Some(source) = found.source_code() else { return Vec::new() };
    let mut groups: Vec<Vec<LabeledSpan>> = Vec::new();
    for place in found.labels().into_iter().flatten() {
        let mut known = groups.iter_mut();
        match known.find(|group| are_close(source, &group[0], &place)) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups.into_iter().filter_map(|places| Snippet::new(source, places)).collect()
}

/// Whether two places are on one line, or on two that follow each other.
fn are_close(source: &dyn SourceCode, one: &LabeledSpan, other: &LabeledSpan) -> bool {
    source.read_span(&hull([one, other]), 0, 0).is_ok_and(|contents| contents.line_count() <= 2)
}

/// The span from the first to the last byte of some places.
fn hull<'p>(places: impl IntoIterator<Item = &'p LabeledSpan> + Clone) -> SourceSpan {
    let ends = places.clone().into_iter().map(|place| place.offset() + place.len());
    let (start, end) = (places.into_iter().map(LabeledSpan::offset).min(), ends.max());
    let start = start.unwrap_or_default();
    (start, end.unwrap_or(start) - start).into()
}

impl<'f> Snippet<'f> {
    fn new(source: &'f dyn SourceCode, places: Vec<LabeledSpan>) -> Option<Snippet<'f>> {
        let first = places.first()?;
        let around = usize::from(first.primary());
        let contents = source.read_span(&hull(&places), around, around).ok()?;
        let start = source.read_span(first.inner(), 0, 0).ok()?;
        let start = (start.line() + 1, start.column() + 1);
        Some(Snippet { contents, start, places })
    }

    /// The columns of the largest line number.
    pub(super) fn gutter(&self) -> usize {
        let last = self.contents.line() + self.contents.line_count();
        last.to_string().len()
    }

    /// Draws the place and the lines.
    pub(super) fn draw(
        &self,
        gutter: usize,
        severity: Severity,
        style: Style,
        f: &mut dyn Write,
    ) -> fmt::Result {
        let is_first = self.places.iter().any(LabeledSpan::primary);
        let (line, column) = self.start;
        let place = format!("{}:{line}:{column}", self.contents.name().unwrap_or_default());
        // rustc writes `:::`, which GitHub Actions could read as a command.
        let (arrow, place) =
            if is_first { ("-->", place) } else { ("...", style.paint(Role::Quiet, &place)) };
        writeln!(f, "{:gutter$}{} {place}", "", style.paint(Role::Quiet, arrow))?;
        let bar = style.paint(Role::Quiet, &format!("{:gutter$} |", ""));
        writeln!(f, "{bar}")?;
        let text = String::from_utf8_lossy(self.contents.data());
        let mut offset = self.contents.span().offset();
        for (number, line) in (self.contents.line() + 1..).zip(text.split_inclusive('\n')) {
            let range = offset..offset + line.len();
            offset = range.end;
            let shown = line.trim_end().replace('\t', TAB);
            let shown = if is_first { shown } else { style.paint(Role::Quiet, &shown) };
            let head = style.paint(Role::Quiet, &format!("{number:gutter$} |"));
            writeln!(f, "{}", format!("{head} {shown}").trim_end())?;
            for place in self.places.iter().filter(|place| range.contains(&place.offset())) {
                Mark::new(place, line, &range, severity).draw(&bar, gutter, style, f)?;
            }
        }
        Ok(())
    }
}

/// The mark below a place, with its label.
struct Mark<'p> {
    role: Role,
    /// Columns of the line, from 0.
    columns: Range<usize>,
    label: &'p str,
}

impl<'p> Mark<'p> {
    fn new(place: &'p LabeledSpan, line: &str, range: &Range<usize>, severity: Severity) -> Mark<'p> {
        let columns = |offset: usize| {
            let before = line.get(..offset - range.start).unwrap_or(line).trim_end_matches(['\r', '\n']);
            display_width(&before.replace('\t', TAB))
        };
        let start = columns(place.offset());
        let end = columns((place.offset() + place.len()).min(range.end));
        let role = if place.primary() { Role::Severity(severity) } else { Role::Other };
        Mark { role, columns: start..end.max(start + 1), label: place.label().unwrap_or_default() }
    }

    fn draw(&self, bar: &str, gutter: usize, style: Style, f: &mut dyn Write) -> fmt::Result {
        let sign = if self.role == Role::Other { "-" } else { "^" };
        let sign = style.paint(self.role, &sign.repeat(self.columns.len()));
        write!(f, "{bar} {:start$}{sign}", "", start = self.columns.start)?;
        if self.label.is_empty() {
            return writeln!(f);
        }
        let width = style.width.unwrap_or(WIDEST).saturating_sub(gutter + 3).max(ROOM);
        let room = width.saturating_sub(self.columns.end + 1);
        let longest = self.label.split(' ').map(display_width).max().unwrap_or_default();
        if display_width(self.label) <= room || room >= longest.max(ROOM) {
            let mut lines = textwrap::wrap(self.label, wrapping(room)).into_iter();
            if let Some(first) = lines.next() {
                writeln!(f, " {}", style.paint(self.role, &first))?;
            }
            return self.rest(lines, self.columns.end + 1, bar, style, f);
        }
        writeln!(f)?;
        // Below the mark, and further to the left where the label would not fit.
        let start = self.columns.start.min(width.saturating_sub(display_width(self.label)).max(width / 3));
        self.rest(textwrap::wrap(self.label, wrapping(width - start)), start, bar, style, f)
    }

    fn rest<'l>(
        &self,
        lines: impl IntoIterator<Item = std::borrow::Cow<'l, str>>,
        start: usize,
        bar: &str,
        style: Style,
        f: &mut dyn Write,
    ) -> fmt::Result {
        lines
            .into_iter()
            .try_for_each(|line| writeln!(f, "{bar} {:start$}{}", "", style.paint(self.role, &line)))
    }
}
