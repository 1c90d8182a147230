//! The source lines of a finding, from all its files. Long lines are cut, and control characters are replaced. A long line
//! is split into as many pieces as its places need. miette addresses lines by offset, so they are joined into one text; a
//! request that spans two files, or two pieces that are not adjacent, fails.

use std::collections::BTreeMap;
use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::report::obeyed::visible;
use crate::report::plain::path;
use crate::secrets;
use crate::source::{FileId, Sources, Span, Spans};

/// Lines shown before and after the line to change.
const CONTEXT: usize = 1;

/// Longer lines are cut to this many characters around their places, or to fewer on a narrower terminal.
const MAX_WIDTH: usize = 160;

/// Lines are never cut to fewer characters than this.
const SHORTEST: usize = 40;

/// The columns before a line: its number and the separator.
const MARGIN: usize = 8;

/// Replaces the part of a line that is cut off.
const CUT: char = '…';

/// Lines of one or more files, as they are shown.
pub(super) struct Lines<'f> {
    sources: &'f Sources,
    /// Bytes that are replaced with asterisks.
    hidden: &'f Spans,
    /// The maximum number of characters of a line.
    longest: usize,
    text: String,
    lines: Vec<Line>,
}

/// A line, or a piece of one.
struct Line {
    file: FileId,
    /// Its zero-based number in the file.
    number: usize,
    /// Its range in the shown text, including the line break.
    shown: Range<usize>,
    /// The bytes of the file that it shows.
    of_file: Range<usize>,
    /// The length in bytes of the mark at its start, if the line is cut there.
    mark: usize,
}

impl Line {
    fn is_before(&self, next: &Line) -> bool {
        self.file == next.file && self.number + 1 == next.number
    }
}

impl<'f> Lines<'f> {
    /// Collects the lines on which the places of a finding start, for a terminal with `width` columns. The file of the place to
    /// change comes first, and that place has a line of context on both sides.
    pub(super) fn new(
        sources: &'f Sources,
        hidden: &'f Spans,
        width: Option<usize>,
        primary: Span,
        others: impl Iterator<Item = Span>,
    ) -> Lines<'f> {
        let mut files: Vec<FileId> = Vec::new();
        let mut wanted: BTreeMap<(usize, usize), Vec<Range<usize>>> = BTreeMap::new();
        for (span, context) in std::iter::once((primary, CONTEXT)).chain(others.map(|span| (span, 0))) {
            let index = files.iter().position(|file| *file == span.file).unwrap_or(files.len());
            if index == files.len() {
                files.push(span.file);
            }
            let source = sources.get(span.file);
            let line = source.line(span.range().start);
            for near in line.saturating_sub(context)..=(line + context).min(source.lines().len() - 1) {
                wanted.entry((index, near)).or_default();
            }
            wanted.entry((index, line)).or_default().push(span.range());
        }
        let longest =
            width.map_or(MAX_WIDTH, |width| width.saturating_sub(MARGIN).clamp(SHORTEST, MAX_WIDTH));
        let mut lines = Lines { sources, hidden, longest, text: String::new(), lines: Vec::new() };
        for ((file, number), pointed) in wanted {
            lines.add_line(files[file], number, &pointed);
        }
        lines
    }

    fn add_line(&mut self, file: FileId, number: usize, pointed: &[Range<usize>]) {
        let source = self.sources.get(file);
        let start = source.line_start(number);
        let line = source.lines().text(&source.text, number);
        let within = |at: usize| line.floor_char_boundary(at.saturating_sub(start).min(line.len()));
        let mut pointed: Vec<Range<usize>> =
            pointed.iter().map(|range| within(range.start)..within(range.end)).collect();
        pointed.sort_by_key(|range| (range.start, range.end));
        for window in windows(line, &pointed, self.longest) {
            self.add(file, number, window);
        }
    }

    fn add(&mut self, file: FileId, number: usize, window: Range<usize>) {
        let source = self.sources.get(file);
        let start = source.line_start(number);
        let line = source.lines().text(&source.text, number);
        let shown = self.text.len();
        let mark = if window.start > 0 { CUT.len_utf8() } else { 0 };
        if mark > 0 {
            self.text.push(CUT);
        }
        let of_file = start + window.start..start + window.end;
        self.text.push_str(&self.readable(file, of_file.clone()));
        if window.end < line.len() {
            self.text.push(CUT);
        }
        self.text.push('\n');
        self.lines.push(Line { file, number, shown: shown..self.text.len(), of_file, mark });
    }

    /// The range in the shown text of the first line of a span.
    pub(super) fn shown(&self, span: Span) -> SourceSpan {
        let number = self.sources.get(span.file).line(span.range().start);
        let mut of_line = self.lines.iter().filter(|line| line.file == span.file && line.number == number);
        // Pieces may overlap; the last one that holds the start shows the most behind it.
        let found = of_line.rfind(|line| line.of_file.start <= span.range().start);
        let Some(line) = found else { return (0, 0).into() };
        let (start, end) = (self.offset(line, span.range().start), self.offset(line, span.range().end));
        (start, end.saturating_sub(start).max(1)).into()
    }

    fn offset(&self, line: &Line, at: usize) -> usize {
        let at = at.clamp(line.of_file.start, line.of_file.end);
        line.shown.start + line.mark + self.readable(line.file, line.of_file.start..at).len()
    }

    /// The text of a range as it is shown: without control characters, and with asterisks for hidden bytes.
    fn readable(&self, file: FileId, range: Range<usize>) -> String {
        let span = Span::new(file, range.start, range.end);
        let hidden = self.hidden.within(span).iter().map(|hidden| {
            hidden.range().start.saturating_sub(range.start)..hidden.range().end.saturating_sub(range.start)
        });
        visible(&secrets::cover(self.sources.text(span), &hidden.collect::<Vec<_>>()))
    }

    /// The index of the line at an offset of the shown text.
    fn index(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.shown.start <= offset).saturating_sub(1)
    }

    /// The zero-based column in the file of an offset of the shown text.
    fn column(&self, line: &Line, offset: usize) -> usize {
        let source = self.sources.get(line.file);
        let cut_off = source.line_start(line.number)..line.of_file.start;
        let shown = self.text.get(line.shown.start + line.mark..offset).unwrap_or_default();
        source.text.get(cut_off).unwrap_or_default().chars().count() + shown.chars().count()
    }

    /// The range of adjacent lines from `first` to `last`, extended by context; `None` if there is a gap between the two.
    fn around(&self, first: usize, last: usize, before: usize, after: usize) -> Option<Range<usize>> {
        let joined = |index: usize| self.lines[index].is_before(&self.lines[index + 1]);
        if !(first..last).all(joined) {
            return None;
        }
        let above = (0..first).rev().take(before).take_while(|index| joined(*index)).count();
        let below = (last..self.lines.len() - 1).take(after).take_while(|index| joined(*index)).count();
        Some(first - above..last + below + 1)
    }
}

impl SourceCode for Lines<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (first, last) =
            (self.index(span.offset()), self.index(span.offset() + span.len().saturating_sub(1)));
        let range = self.around(first, last, before, after).ok_or(MietteError::OutOfBounds)?;
        let line = &self.lines[range.start];
        let name = path(&self.sources.name(line.file));
        let alone = before == 0 && after == 0;
        let column = if alone { self.column(line, span.offset()) } else { 0 };
        let bytes = line.shown.start..self.lines[range.end - 1].shown.end;
        let data = &self.text.as_bytes()[bytes.clone()];
        let shown = (bytes.start, bytes.len()).into();
        Ok(Box::new(MietteSpanContents::new_named(name, data, shown, line.number, column, range.len())))
    }
}

/// Splits a line into windows of at most `longest` characters that contain the sorted places. A quarter of each window
/// precedes its place.
fn windows(line: &str, pointed: &[Range<usize>], longest: usize) -> Vec<Range<usize>> {
    let before = longest / 4;
    let mut windows: Vec<Range<usize>> = Vec::new();
    if line.chars().nth(longest).is_none() {
        windows.push(0..line.len());
        return windows;
    }
    for range in pointed {
        // Of what is long itself, its beginning is enough.
        let needed = range.end.min(forward(line, range.start, before));
        if windows.last().is_none_or(|window| window.end < needed) {
            let start = line[..range.start].char_indices().rev().nth(before).map_or(0, |(at, _)| at);
            windows.push(start..forward(line, start, longest));
        }
    }
    if windows.is_empty() {
        windows.push(0..forward(line, 0, longest));
    }
    windows
}

/// The offset `many` characters after `from`.
fn forward(line: &str, from: usize, many: usize) -> usize {
    line[from..].char_indices().nth(many).map_or(line.len(), |(at, _)| from + at)
}
