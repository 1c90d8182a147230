//! Recovery from errors: the smallest block that has the error is blanked, and the rest is parsed again.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ErrorKind;

use crate::source::line_start;
use crate::syntax::yaml::gap::Gap;
use crate::syntax::yaml::message::{self, Origin};
use crate::syntax::yaml::reader::{Invalid, Reader, Reading, Stop};
use crate::syntax::yaml::{Parsed, extent};
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::Mapped;

/// The maximum number of errors after which a text is parsed again.
const MAX_REPAIRS: usize = 8;

/// The maximum number of bytes that are parsed again because the lines of strings were joined.
const MAX_JOINED: usize = 2 << 20;

/// The maximum number of errors kept for one text.
const MAX_ERRORS: usize = 1_000;

/// Reads a document.
pub(super) fn read(map: &Mapped) -> Parsed {
    let mut repair = Repair {
        map,
        text: Cow::Borrowed(&map.text),
        gaps: Vec::new(),
        errors: Vec::new(),
        has_tabs: false,
        joined: 0,
    };
    loop {
        let reading = Reader::read(map, &repair.text, &repair.gaps);
        if let Some(Stop::Invalid(error)) = &reading.stop
            && repair.again(error)
        {
            continue;
        }
        return repair.finish(reading);
    }
}

struct Repair<'m> {
    map: &'m Mapped<'m>,
    /// The text, in which errors are blanked.
    text: Cow<'m, str>,
    gaps: Vec<Gap>,
    errors: Vec<SyntaxError>,
    /// Whether tabs were replaced.
    has_tabs: bool,
    /// The number of bytes that were parsed again because the lines of strings were joined.
    joined: usize,
}

impl Repair<'_> {
    fn finish(self, reading: Reading) -> Parsed {
        let mut errors = reading.errors;
        errors.sort_by_key(|error| error.span);
        if let Some(next) = errors.get(MAX_ERRORS) {
            let message = format!("only the first {MAX_ERRORS} errors of this file are reported");
            errors[MAX_ERRORS] = SyntaxError::limit(next.span, message);
            errors.truncate(MAX_ERRORS + 1);
        }
        errors.extend(self.errors);
        if let Some(Stop::Limit(error)) = reading.stop {
            errors.push(error);
        }
        errors.sort_by_key(|error| error.span);
        Parsed { root: reading.root, errors }
    }

    /// Records an error and blanks the block that has it. Returns whether the text can be parsed again.
    fn again(&mut self, error: &Invalid) -> bool {
        let (kind, at) = (&error.kind, self.text.floor_char_boundary(error.at));
        if *kind == ErrorKind::RecursionLimitExceeded {
            return self.limit(at);
        }
        let origin = self.origin(error, at);
        if let Origin::Quote(start) = origin
            && self.join_lines(kind, start)
        {
            return true;
        }
        if matches!(origin, Origin::Tab(_)) && self.replace_tabs(at) {
            return true;
        }
        let gap = match origin {
            Origin::Tab(start) => Some(self.tab_lines(start)),
            _ => [origin.at(), at].into_iter().find_map(|at| self.block(at)),
        };
        let Some(gap) = gap.filter(|_| self.gaps.len() < MAX_REPAIRS) else {
            self.report(kind, origin, origin.at().min(at)..self.text.len());
            return false;
        };
        self.report(kind, origin, gap.at.clone());
        self.blank(gap.at.clone());
        self.gaps.push(gap);
        true
    }

    /// The start of the construct that an error is in.
    fn origin(&self, error: &Invalid, at: usize) -> Origin {
        let text = self.text.as_ref();
        let (quote, bracket) = opened(text, error.after, at);
        if message::is_in_quotes(&error.kind) {
            return quote.map_or(Origin::Here(at), Origin::Quote);
        }
        let in_next_line = error.kind == ErrorKind::TabInPlainScalar;
        let line = if in_next_line { at + text[at..].find('\n').map_or(0, |end| end + 1) } else { at };
        let margin = self::margin(text, line);
        if text[margin.clone()].contains('\t') {
            return Origin::Tab(margin.start);
        }
        match (&error.kind, bracket.or(error.flow)) {
            // A line that is indented further than the bracket is a smaller block.
            (_, Some(flow)) if margin.len() <= self::margin(text, flow).len() => Origin::Bracket(flow),
            (ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey, None) => Origin::Word(at),
            // Two lines with the same indentation are one scalar: the first has no colon.
            (ErrorKind::MappingValueNotAllowed, None)
                if error.last.start < margin.start
                    && self::margin(text, error.last.start).end == error.last.start
                    && self::margin(text, error.last.start).len() == margin.len() =>
            {
                Origin::Word(error.last.start)
            }
            _ => Origin::Here(at),
        }
    }

    fn report(&mut self, kind: &ErrorKind, origin: Origin, region: Range<usize>) {
        let (range, message, help) = message::of(&self.text, kind, origin);
        let kind = SyntaxErrorKind::Broken(self.map.span(region));
        let span = self.map.span(range);
        let help = help.map(str::to_owned);
        self.errors.push(SyntaxError { help, kind, ..SyntaxError::rejected(span, message) });
    }

    fn limit(&mut self, at: usize) -> bool {
        let end = self.text.ceil_char_boundary(self.text.len().min(at + 1));
        let message = "this text is nested too deeply; the rest is not read";
        self.errors.push(SyntaxError::limit(self.map.span(at..end), message));
        false
    }

    /// Joins the lines of a quoted string that is closed, but whose lines are not indented as the parser requires. Other
    /// parsers do not require it, and AWS's neither.
    fn join_lines(&mut self, kind: &ErrorKind, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        let is_indentation =
            matches!(kind, ErrorKind::InvalidQuotedScalarIndent | ErrorKind::TabInIndentation);
        let length = bytes.get(start).and_then(|quote| end_of_quote(&bytes[start..], *quote));
        let Some(end) = length.map(|length| start + length) else { return false };
        let is_closed = bytes.get(end).is_none_or(|next| b" \t\r\n,]}".contains(next));
        let is_long = self.text.get(start..end).is_none_or(|text| text.contains("\n---"));
        if !is_indentation || !is_closed || is_long || self.joined > MAX_JOINED {
            return false;
        }
        self.joined += end;
        let joined = self.text[start..end].replace(['\n', '\r', '\t'], " ");
        self.text.to_mut().replace_range(start..end, &joined);
        true
    }

    /// Replaces the tabs that indent the lines of a text that has no line with spaces instead: their nesting is certain.
    fn replace_tabs(&mut self, at: usize) -> bool {
        let is_mixed = self.text.lines().any(|line| {
            let margin = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            margin.len() < line.len() && margin.contains(' ')
        });
        if self.has_tabs || is_mixed {
            return false;
        }
        self.has_tabs = true;
        let start = line_start(&self.text, at);
        let margin = self.text[start..].len() - self.text[start..].trim_start_matches('\t').len();
        let help = Some(message::USE_SPACES.to_owned());
        let span = self.map.span(start..start + margin.max(1));
        self.errors.push(SyntaxError { help, ..SyntaxError::rejected(span, message::TABS) });
        let mut replaced = String::with_capacity(self.text.len());
        for line in self.text.split_inclusive('\n') {
            let content = line.trim_start_matches('\t');
            replaced.extend(std::iter::repeat_n(' ', line.len() - content.len()));
            replaced.push_str(content);
        }
        self.text = Cow::Owned(replaced);
        true
    }

    /// The lines from `start` that are indented with tabs. They can belong to any block around them.
    fn tab_lines(&self, start: usize) -> Gap {
        let lines = self.text[start..].split_inclusive('\n');
        let lines = lines.take_while(|line| line[..line.len() - line.trim_start().len()].contains('\t'));
        let end = start + lines.map(str::len).sum::<usize>();
        Gap { at: start..end, column: usize::MAX, is_item: false }
    }

    /// The smallest block by indentation that has the byte at an offset.
    fn block(&self, at: usize) -> Option<Gap> {
        let text = self.text.as_ref();
        let start = line_start(text, at.min(text.len())).min(at);
        let line = text[start..].lines().next().unwrap_or_default();
        let mut from = start + (line.len() - line.trim_start_matches([' ', '\t']).len());
        if text[from..start + line.len()].trim().is_empty() {
            // The error is at the end of a block: the last line before it.
            let before = text[..start].trim_end();
            return (!before.is_empty()).then(|| self.block(before.len() - 1)).flatten();
        }
        // A member of an item is a smaller block than the item.
        while let Some(content) = text[from..].strip_prefix("- ") {
            let next = from + 2 + (content.len() - content.trim_start_matches(' ').len());
            if next > at || text[next..start + line.len()].trim().is_empty() {
                break;
            }
            from = next;
        }
        let end = self.with_closing_bracket(extent(text, from), from - start);
        Some(Gap { at: from..end, column: from - start, is_item: is_dash(&text[from..]) })
    }

    /// The end of a block together with the brackets that close it at its own indentation.
    fn with_closing_bracket(&self, end: usize, column: usize) -> usize {
        let rest = &self.text[end..];
        let next = end + (rest.len() - rest.trim_start().len());
        let is_closing = self.text[next..].starts_with([']', '}']);
        if is_closing && next > end && next - line_start(&self.text, next) == column {
            let line = self.text[next..].lines().next().unwrap_or_default();
            return next + line.trim_end().len();
        }
        end
    }

    fn blank(&mut self, range: Range<usize>) {
        let blanked: String = self.text[range.clone()]
            .chars()
            .map(|c| if matches!(c, '\n' | '\r') { c.to_string() } else { " ".repeat(c.len_utf8()) })
            .collect();
        self.text.to_mut().replace_range(range, &blanked);
    }
}

fn is_dash(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The blanks before the first character of the line at an offset.
fn margin(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at).min(at);
    let rest = &text[start..];
    start..start + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
}

/// The start of the quoted string around `at` and of the last bracket that is open there, searched from the end of the
/// last token: the parser may have read further.
fn opened(text: &str, after: usize, at: usize) -> (Option<usize>, Option<usize>) {
    let bytes = text.as_bytes();
    let mut brackets = Vec::new();
    let mut start = after;
    while let Some(byte) = bytes.get(start).filter(|_| start < at) {
        let is_first =
            start == 0 || matches!(bytes[start - 1], b' ' | b'\t' | b'\n' | b'[' | b'{' | b',' | b':');
        let length = match byte {
            b'"' | b'\'' if is_first => match end_of_quote(&bytes[start..], *byte) {
                Some(length) if start + length < at => length,
                _ => return (Some(start), brackets.pop()),
            },
            b'#' if is_first => text[start..].find('\n').unwrap_or(text.len()),
            b'[' | b'{' if is_first => {
                brackets.push(start);
                1
            }
            b']' | b'}' => {
                brackets.pop();
                1
            }
            _ => 1,
        };
        start += length;
    }
    // The error can be at the quote itself.
    (matches!(bytes.get(at), Some(b'"' | b'\'')).then_some(at), brackets.pop())
}

/// The length of a quoted string with its quotes.
fn end_of_quote(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte != quote => at += 1,
            _ if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            _ => return Some(at + 1),
        }
    }
}
