//! Turns the elements of a template into its parts: text is split into lines and escapes, indentation and strip markers are
//! applied.

use std::ops::Range;

use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::hcl::{Directive, Expr, Part, literal};

/// An element of a template, with the raw range of its text.
#[derive(Debug)]
pub(super) enum Element {
    /// Text.
    Literal(Range<usize>),
    /// `${expr}`.
    Interpolation(Box<Expr>, Span, Strip),
    /// `%{if}`, with the markers of `if`, `else` (or `endif`), and `endif`.
    If { test: Box<Expr>, yes: Vec<Element>, no: Option<Vec<Element>>, strips: [Strip; 3], at: Span },
    /// `%{for}`, with the markers of `for` and `endfor`.
    For {
        key: Option<SmolStr>,
        value: SmolStr,
        list: Box<Expr>,
        body: Vec<Element>,
        strips: [Strip; 2],
        at: Span,
    },
}

/// The strip markers of a sequence: `${~ … ~}`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Strip {
    /// Whether the white space before the sequence is removed.
    pub before: bool,
    /// Whether the white space after the sequence is removed.
    pub after: bool,
}

/// How the text of a template is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Layout {
    /// Between quotes.
    Quoted,
    /// In lines, each without this many bytes of indentation.
    Lines(usize),
}

/// What is needed to finish the elements of a template.
pub(super) struct Unfinished<'t> {
    pub file: FileId,
    pub text: &'t str,
    /// The offset of the text in the file.
    pub offset: usize,
    pub layout: Layout,
}

impl Unfinished<'_> {
    /// The parts of a template.
    pub(super) fn finish(&self, elements: Vec<Element>) -> Vec<Part> {
        self.after(Strip::default(), elements)
    }

    /// The parts after a sequence, which may remove the white space at their start.
    fn after(&self, sequence: Strip, elements: Vec<Element>) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut strips = sequence.after;
        for element in elements {
            let (part, strip) = match element {
                Element::Literal(range) => {
                    let first = parts.len();
                    let is_stripped = std::mem::take(&mut strips);
                    parts.extend(self.literal(range, is_stripped));
                    if is_stripped {
                        self.strip_start(&mut parts[first..]);
                    }
                    continue;
                }
                Element::Interpolation(expr, at, strip) => (Part::Interpolation(expr, at), strip),
                Element::If { test, yes, no, strips: [first, middle, last], at } => {
                    let yes = self.between(yes, first, middle);
                    let no = no.map(|no| self.between(no, middle, last)).unwrap_or_default();
                    let directive = Directive::If { test: *test, yes, no };
                    let outer = Strip { before: first.before, after: last.after };
                    (Part::Directive(Box::new(directive), at), outer)
                }
                Element::For { key, value, list, body, strips: [first, last], at } => {
                    let body = self.between(body, first, last);
                    let directive = Directive::For { key, value, list: *list, body };
                    let outer = Strip { before: first.before, after: last.after };
                    (Part::Directive(Box::new(directive), at), outer)
                }
            };
            if strip.before {
                self.strip_end(&mut parts);
            }
            parts.push(part);
            strips = strip.after;
        }
        parts
    }

    /// The parts between two markers, which may remove the adjacent white space.
    fn between(&self, elements: Vec<Element>, before: Strip, after: Strip) -> Vec<Part> {
        let mut parts = self.after(before, elements);
        if after.before {
            self.strip_end(&mut parts);
        }
        parts
    }

    fn literal(&self, range: Range<usize>, is_stripped: bool) -> Vec<Part> {
        let (raw, start) = (&self.text[range.clone()], self.offset + range.start);
        match self.layout {
            Layout::Quoted => literal::quoted(self.file, raw, start),
            Layout::Lines(indent) => {
                let begins_line = self.text[..range.start].ends_with('\n');
                let whole = if is_stripped { joined(raw) } else { 0 };
                let mut parts = literal::heredoc(self.file, &raw[..whole], start, 0, begins_line);
                let rest = literal::heredoc(
                    self.file,
                    &raw[whole..],
                    start + whole,
                    indent,
                    begins_line || whole > 0,
                );
                parts.extend(rest);
                parts
            }
        }
    }

    /// Removes white space at the end: of the text of a quoted string, and of one line of a heredoc, as Terraform does.
    fn strip_end(&self, parts: &mut Vec<Part>) {
        while let Some(Part::Literal(text, at)) = parts.last_mut() {
            let kept = text.trim_end().len();
            if kept > 0 {
                let removed = (text.len() - kept).min(at.range().len());
                *at = Span::new(at.file, at.range().start, at.range().end - removed);
                *text = text[..kept].into();
                return;
            }
            parts.pop();
            if self.layout != Layout::Quoted {
                return;
            }
        }
    }

    /// Removes white space at the start, likewise.
    fn strip_start(&self, parts: &mut [Part]) {
        for part in parts {
            let Part::Literal(text, at) = part else { return };
            let kept = text.trim_start();
            let removed = (text.len() - kept.len()).min(at.range().len());
            *at = Span::new(at.file, at.range().start + removed, at.range().end);
            *text = kept.into();
            if !text.is_empty() || self.layout != Layout::Quoted {
                return;
            }
        }
    }

    /// The indentation that all lines of a `<<-` heredoc have in common. Lines of white space alone do not count.
    pub(super) fn indent(&self, elements: &[Element]) -> usize {
        let mut indents = Indents {
            text: self.text,
            least: usize::MAX,
            starts_line: true,
            is_margin: false,
            is_after_break: false,
            strips: false,
        };
        indents.all(elements);
        if indents.least == usize::MAX { 0 } else { indents.least }
    }
}

/// The length of a line whose white space and line break are removed after a sequence, together with the line after it, which
/// continues the line of the sequence and so keeps its indentation; 0 if more than white space is in the line.
fn joined(raw: &str) -> usize {
    let mut lines = raw.split_inclusive('\n');
    let first = lines.next().filter(|first| is_blank(first));
    first.map_or(0, |first| first.len() + lines.next().map_or(0, str::len))
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() && line.ends_with('\n')
}

/// Finds the least indentation. As in Terraform, strip markers are applied before.
struct Indents<'t> {
    text: &'t str,
    least: usize,
    starts_line: bool,
    /// Whether the last text is the indentation of a sequence.
    is_margin: bool,
    /// Whether text with a line break is before.
    is_after_break: bool,
    /// Whether the last sequence removes the white space after it.
    strips: bool,
}

impl Indents<'_> {
    fn all(&mut self, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Literal(range) => self.literal(&self.text[range.clone()]),
                Element::Interpolation(_, _, strip) => self.sequence(*strip),
                Element::If { yes, no, strips: [first, middle, last], .. } => {
                    self.sequence(*first);
                    self.all(yes);
                    if let Some(no) = no {
                        self.sequence(*middle);
                        self.all(no);
                    }
                    self.sequence(*last);
                }
                Element::For { body, strips: [first, last], .. } => {
                    self.sequence(*first);
                    self.all(body);
                    self.sequence(*last);
                }
            }
        }
    }

    fn literal(&mut self, text: &str) {
        let mut strips = std::mem::take(&mut self.strips);
        for line in text.split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            if self.starts_line && !is_blank(line) {
                self.least = self.least.min(blank);
            }
            self.is_margin = self.starts_line && blank == line.len();
            let is_removed = std::mem::take(&mut strips) && is_blank(line);
            self.starts_line = line.ends_with('\n') && !is_removed;
            self.is_after_break = self.starts_line;
        }
    }

    /// A sequence at the start of a line has no indentation, and neither has one that removes its own. If it removes the line break
    /// before it, it is not at the start of a line.
    fn sequence(&mut self, strip: Strip) {
        let (is_margin, is_after_break) =
            (std::mem::take(&mut self.is_margin), std::mem::take(&mut self.is_after_break));
        let is_first = std::mem::take(&mut self.starts_line);
        let has_none = if strip.before { is_margin || (is_first && !is_after_break) } else { is_first };
        if has_none {
            self.least = 0;
        }
        self.strips = strip.after;
    }
}
