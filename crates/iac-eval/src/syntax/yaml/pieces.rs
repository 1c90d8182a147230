//! The parts of scalars over several lines. Each part is in the file byte for byte, or is an escape or a line break.

use std::ops::Range;

use granit_parser::ScalarStyle;

use crate::source::line_start;
use crate::value::{Mapped, Part};

/// Splits the value of a scalar over several lines into parts with their places. `range` has its bytes. `None` if the
/// bytes do not explain the value.
pub(super) fn of(
    map: &Mapped,
    text: &str,
    range: Range<usize>,
    value: &str,
    style: ScalarStyle,
) -> Option<Vec<Part>> {
    let mut pieces = Pieces { map, text, rest: value, run: 0..0, parts: Vec::new() };
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => pieces.block(range, style)?,
        ScalarStyle::Plain => pieces.flow(range, None)?,
        ScalarStyle::SingleQuoted => pieces.flow(range.start + 1..range.end.checked_sub(1)?, Some('\''))?,
        ScalarStyle::DoubleQuoted => pieces.flow(range.start + 1..range.end.checked_sub(1)?, Some('\\'))?,
    }
    pieces.end_run();
    pieces.rest.is_empty().then_some(pieces.parts)
}

struct Pieces<'p> {
    map: &'p Mapped<'p>,
    text: &'p str,
    /// The rest of the value.
    rest: &'p str,
    /// The bytes of the last part, which continues if the next bytes are adjacent.
    run: Range<usize>,
    parts: Vec<Part>,
}

impl<'p> Pieces<'p> {
    /// Takes the next `length` bytes of the value, which are written at `at` in another way.
    fn take(&mut self, length: usize, at: Range<usize>) -> Option<()> {
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        if length > 0 {
            self.end_run();
            self.parts.push(Part::Known { text: text.into(), at: self.map.span(at) });
        }
        Some(())
    }

    /// Takes bytes that are in the value as they are in the file.
    fn take_verbatim(&mut self, range: Range<usize>) -> Option<()> {
        self.rest = self.rest.strip_prefix(self.text.get(range.clone())?)?;
        if self.run.end != range.start {
            self.end_run();
            self.run.start = range.start;
        }
        self.run.end = range.end;
        Some(())
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.is_empty() {
            self.parts.push(Part::Known { text: self.text[run.clone()].into(), at: self.map.span(run) });
        }
    }

    /// Takes what a line break at `range` is in the value: a line break, a space, or nothing.
    fn take_break(&mut self, range: Range<usize>, is_folded: bool) -> Option<()> {
        let is_break = self.rest.starts_with('\n') || is_folded && self.rest.starts_with(' ');
        self.take(usize::from(is_break), range)
    }

    /// A block scalar, whose bytes begin after the indentation of its first line that is not blank.
    fn block(&mut self, range: Range<usize>, style: ScalarStyle) -> Option<()> {
        let first = line_start(self.text, range.start);
        let indent = range.start - first;
        self.leading_breaks(first)?;
        let mut start = range.start;
        for line in self.text.get(range.clone())?.split_inclusive('\n') {
            let content = line.trim_end_matches(['\r', '\n']);
            let margin = if start == range.start { 0 } else { content.len().min(indent) };
            let is_margin = content.bytes().take(margin).all(|byte| byte == b' ');
            let skipped = if is_margin { margin } else { content.len() - content.trim_start().len() };
            let (from, to, next) = (start + skipped, start + content.len(), start + line.len());
            start = next;
            let is_folded = style == ScalarStyle::Folded && !self.text[from..to].starts_with([' ', '\t']);
            if line.len() == content.len() + 1
                && style == ScalarStyle::Literal
                && self.take_verbatim(from..next).is_some()
            {
                continue;
            }
            // The value does not have what is after its last line break.
            if self.take_verbatim(from..to).is_none() {
                return self.rest.is_empty().then_some(());
            }
            self.take_break(to..next, is_folded)?;
        }
        Some(())
    }

    /// The blank lines before the line at `first`.
    fn leading_breaks(&mut self, first: usize) -> Option<()> {
        let count = self.rest.len() - self.rest.trim_start_matches('\n').len();
        let mut breaks = Vec::new();
        let mut end = first;
        for _ in 0..count {
            let line = self.text.get(..end)?.strip_suffix('\n')?;
            let start = line.strip_suffix('\r').unwrap_or(line).len();
            breaks.push(start..end);
            end = line_start(self.text, start);
        }
        breaks.into_iter().rev().try_for_each(|at| self.take(1, at))
    }

    /// A plain or quoted scalar, without its quotes. `escape` begins an escape.
    fn flow(&mut self, range: Range<usize>, escape: Option<char>) -> Option<()> {
        if let Some(escape) = escape
            && !self.text.get(range.clone())?.contains('\n')
        {
            return self.joined(range, escape);
        }
        let mut at = range.start;
        let lines = self.text.get(range.clone())?.split_inclusive('\n').count();
        for (index, line) in self.text.get(range)?.split_inclusive('\n').enumerate() {
            let next = at + line.len();
            let content = line.trim_end_matches(['\r', '\n']);
            let blank = [' ', '\t'];
            // White space next to a line break does not count.
            let from = if index == 0 { 0 } else { content.len() - content.trim_start_matches(blank).len() };
            let to = if index + 1 == lines { content.len() } else { content.trim_end_matches(blank).len() };
            let is_joined = self.line(at + from..at + to.max(from), escape)?;
            if !is_joined {
                self.take_break(at + content.len()..next, true)?;
            }
            at = next;
        }
        Some(())
    }

    /// A quoted string whose lines are joined in the text, with spaces in place of what is between their contents.
    fn joined(&mut self, range: Range<usize>, escape: char) -> Option<()> {
        let source = self.map.text.get(..range.end)?;
        let mut at = range.start;
        while let Some(found) = source[at..].find('\n') {
            let end = at + source[at..at + found].trim_end().len();
            let next = range.end - source[end..].trim_start().len();
            (!self.line(at..end, Some(escape))?).then_some(())?;
            self.rest = self.rest.strip_prefix(" ".repeat(next - end).as_str())?;
            let breaks = source[end..next].matches('\n').count();
            let text = if breaks > 1 { "\n".repeat(breaks - 1) } else { " ".to_owned() };
            self.end_run();
            self.parts.push(Part::Known { text: text.into(), at: self.map.span(end..next) });
            at = next;
        }
        self.line(at..range.end, Some(escape)).map(|_| ())
    }

    /// The content of a line. Returns whether an escape joins it with the next line.
    fn line(&mut self, range: Range<usize>, escape: Option<char>) -> Option<bool> {
        let mut at = range.start;
        while let Some(found) =
            escape.zip(self.text.get(at..range.end)).and_then(|(escape, rest)| rest.find(escape))
        {
            self.take_verbatim(at..at + found)?;
            at += found;
            if at + 1 == range.end {
                return Some(true);
            }
            let character = self.rest.chars().next()?;
            let length = length_of_escape(self.text.get(at..range.end)?, character);
            self.take(character.len_utf8(), at..at + length)?;
            at += length;
        }
        self.take_verbatim(at..range.end)?;
        Some(false)
    }
}

/// The length of the escape that a text begins with, which stands for `character`.
fn length_of_escape(text: &str, character: char) -> usize {
    match text.as_bytes().get(1) {
        Some(b'x') => 4,
        // A pair of surrogates.
        Some(b'u') if character.len_utf16() == 2 => 12,
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 1 + text[1..].chars().next().map_or(1, char::len_utf8),
    }
}
