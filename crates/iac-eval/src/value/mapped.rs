//! Texts to parse, with the place where each byte was written.

mod insertion;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Part, Text, Unknown};

/// The character for an unknown part of a text. Only offsets recorded as holes count, so a file can contain it.
pub const HOLE: char = '\u{FFFC}';

/// The maximum size of a text assembled from values, in bytes; the rest of it is unknown.
pub const MAX_BYTES: usize = 512 << 10;

/// A text to parse, with the place of every byte: a file, or a string assembled from parts.
///
/// ```
/// use iac_eval::source::{FileId, Span};
/// use iac_eval::value::{Mapped, Unknown};
///
/// // `{"image":"` is written in a file, the rest is unknown.
/// let mut text = Mapped::empty();
/// text.push("{\"image\":\"", Span::new(FileId(0), 100, 110));
/// text.push_hole(Unknown::Reference("var.image".into()), Span::new(FileId(0), 110, 122));
/// assert_eq!(text.span(2..7), Span::new(FileId(0), 102, 107));
/// assert!(!text.has_hole(0..10) && text.has_hole(0..text.text.len()));
/// ```
#[derive(Debug)]
pub struct Mapped<'t> {
    /// The text, with [`HOLE`] in place of unknown parts.
    pub text: Cow<'t, str>,
    segments: Vec<Segment>,
    /// Whether any part is a secret.
    has_secret: bool,
    /// The first value that was not added because the text is too large.
    cut: Option<Span>,
}

#[derive(Debug)]
struct Segment {
    /// The offset in the text at which it starts; it ends where the next one starts.
    start: usize,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    /// The bytes are those of the file, from the start of the span.
    Verbatim(Span),
    /// The bytes come from the span, but are not identical to it (escapes, a computed value).
    Whole(Span),
    /// The bytes are unknown.
    Hole(Unknown, Span),
}

impl Origin {
    fn at(&self) -> Span {
        match self {
            Origin::Verbatim(at) | Origin::Whole(at) | Origin::Hole(_, at) => *at,
        }
    }
}

impl<'t> Mapped<'t> {
    /// The text of a file.
    pub fn file(file: FileId, text: &'t str) -> Mapped<'t> {
        let origin = Origin::Verbatim(Span::new(file, 0, text.len()));
        let segments = vec![Segment { start: 0, origin }];
        Mapped { text: Cow::Borrowed(text), segments, has_secret: false, cut: None }
    }

    /// An empty text, to which parts are added.
    pub fn empty() -> Mapped<'static> {
        Mapped { text: Cow::Borrowed(""), segments: Vec::new(), has_secret: false, cut: None }
    }

    /// The text of a string, with the place of every byte; `None` if the value is unknown or not a string.
    pub fn string(value: &Node) -> Option<Mapped<'static>> {
        let mut mapped = Mapped::empty();
        match &value.kind {
            NodeKind::String(known) => mapped.push(known, value.at),
            NodeKind::Text(text) => text.parts.iter().for_each(|part| mapped.push_part(part)),
            _ => return None,
        }
        Some(mapped)
    }

    /// Adds a part of a string.
    pub fn push_part(&mut self, part: &Part) {
        match part {
            Part::Known { text, at } => self.push(text, *at),
            Part::Unknown(why, at) => self.push_hole(why.clone(), *at),
            Part::Json(value) => self.push_value(value),
            Part::Base64(value) => self.push_base64(value),
        }
    }

    /// Adds text written at `at`; the bytes are mapped one to one if the lengths are equal.
    pub fn push(&mut self, text: &str, at: Span) {
        let origin = if at.range().len() == text.len() { Origin::Verbatim(at) } else { Origin::Whole(at) };
        self.has_secret |= at.is_secret;
        self.add(text, origin);
    }

    /// Adds an unknown part.
    pub fn push_hole(&mut self, why: Unknown, at: Span) {
        self.add(HOLE.encode_utf8(&mut [0; 4]), Origin::Hole(why, at));
    }

    /// Adds the JSON encoding of a value; every token keeps the place of what it encodes.
    pub fn push_value(&mut self, value: &Node) {
        let at = value.at;
        match &value.kind {
            _ if self.text.len() > MAX_BYTES => {
                self.cut.get_or_insert(at);
                self.push_hole(more(), at);
            }
            NodeKind::Null => self.push("null", at),
            NodeKind::Bool(true) => self.push("true", at),
            NodeKind::Bool(false) => self.push("false", at),
            NodeKind::Number(text) => self.push(text, at),
            NodeKind::String(text) => self.push(&quoted(text), at),
            NodeKind::Text(text) => self.push_text(text, at),
            NodeKind::Array(array) => self.push_array(array, at),
            NodeKind::Object(object) => self.push_object(object, at),
            NodeKind::Unknown(why) => self.push_hole(why.clone(), at),
        }
    }

    fn push_text(&mut self, text: &Text, at: Span) {
        self.push("\"", at);
        for part in &text.parts {
            match part {
                Part::Known { text, at } => {
                    let quoted = quoted(text);
                    self.push(&quoted[1..quoted.len() - 1], *at);
                }
                Part::Unknown(why, at) => self.push_hole(why.clone(), *at),
                Part::Base64(value) => self.push_base64(value),
                Part::Json(value) => self.push_hole(more(), value.at),
            }
        }
        self.push("\"", at);
    }

    /// Adds the Base64 encoding of a string.
    fn push_base64(&mut self, value: &Node) {
        let encoded = Text::new(vec![Part::Base64(value.clone())]);
        match encoded.known() {
            Some(text) => self.add(text, Origin::Whole(value.at)),
            None => self.push_hole(Unknown::Expression(SmolStr::new_static("Base64")), value.at),
        }
        self.has_secret |= value.has_secret();
    }

    fn push_array(&mut self, array: &Array, at: Span) {
        self.push("[", at);
        for (index, item) in array.items.iter().enumerate() {
            if index > 0 {
                self.push(",", at);
            }
            self.push_value(item);
        }
        if array.more == More::Maybe {
            self.push_more(at);
        }
        self.push("]", at);
    }

    fn push_object(&mut self, object: &Object, at: Span) {
        self.push("{", at);
        let mut entries: Vec<&Entry> = object.entries.iter().rev().collect();
        // Terraform writes members in the order of their keys, and keeps the last of several with the same key.
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        entries.dedup_by(|later, first| later.key == first.key);
        for (index, entry) in entries.into_iter().enumerate() {
            if index > 0 {
                self.push(",", at);
            }
            self.push(&quoted(&entry.key), entry.key_at);
            self.push(":", at);
            self.push_value(&entry.value);
        }
        if object.more == More::Maybe {
            self.push_more(at);
        }
        self.push("}", at);
    }

    /// Adds the unknown rest of a list or an object. The comma separates it from a number, of which it would be a part.
    fn push_more(&mut self, at: Span) {
        if !self.text.ends_with(['{', '[']) {
            self.push(",", at);
        }
        self.push_hole(more(), at);
    }

    fn add(&mut self, text: &str, origin: Origin) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.segments.push(Segment { start, origin });
        self.text.to_mut().push_str(text);
    }

    /// The place where the bytes `range` of the text were written: a secret if any of them is.
    pub fn span(&self, range: Range<usize>) -> Span {
        let is_secret = self.has_secret && self.of(&range).any(|segment| segment.origin.at().is_secret);
        Span { is_secret, ..self.place_of(range) }
    }

    fn place_of(&self, range: Range<usize>) -> Span {
        let first = self.place(range.start);
        if range.is_empty() {
            return Span { end: first.start, ..first };
        }
        // If the last part is in another file, the place is all of the first part.
        let after = self.segments.partition_point(|segment| segment.start <= range.start);
        let end = self.segments.get(after).map_or(range.end, |next| next.start.min(range.end));
        first.to(self.place(end - 1)).to(self.place(range.end - 1))
    }

    /// The place where the bytes `range` were inserted into the text around them, as a template inserts a value; `None` if
    /// they were written there.
    pub fn inserted(&self, range: Range<usize>) -> Option<Span> {
        let index = self.segments.binary_search_by_key(&range.start, |segment| segment.start).ok()?;
        let [before, own, after] = self.segments.get(index.checked_sub(1)?..index + 2)? else { return None };
        match (&before.origin, &own.origin, &after.origin) {
            (Origin::Verbatim(before), Origin::Verbatim(at) | Origin::Whole(at), Origin::Verbatim(next)) => {
                let gap = Span { start: before.end, end: next.start, ..*before };
                let is_whole = after.start == range.end && before.file == next.file && gap.start < gap.end;
                (is_whole && !gap.contains(*at)).then_some(gap)
            }
            _ => None,
        }
    }

    /// The parts of the bytes `range`.
    pub fn slice(&self, range: Range<usize>) -> Vec<Part> {
        let ends = self.segments.iter().skip(1).map(|next| next.start).chain([self.text.len()]);
        let mut parts = Vec::new();
        for (segment, end) in self.segments.iter().zip(ends) {
            let (from, to) = (segment.start.max(range.start), end.min(range.end));
            if from >= to {
                continue;
            }
            let text = SmolStr::from(&self.text[from..to]);
            parts.push(match &segment.origin {
                Origin::Verbatim(at) => {
                    let start = at.start as usize + (from - segment.start);
                    Part::Known { text, at: at.part(start..start + (to - from)) }
                }
                Origin::Whole(at) => Part::Known { text, at: *at },
                Origin::Hole(why, at) => Part::Unknown(why.clone(), *at),
            });
        }
        parts
    }

    /// The first value that is unknown because the text is larger than [`MAX_BYTES`].
    pub fn cut(&self) -> Option<Span> {
        self.cut
    }

    /// The number of parts.
    pub fn parts(&self) -> usize {
        self.segments.len()
    }

    /// The unknown part at `offset`, if there is one.
    pub fn hole(&self, offset: usize) -> Option<(&Unknown, Span)> {
        let inside = offset < self.text.len();
        match &self.segment(offset).filter(|_| inside)?.origin {
            Origin::Hole(why, at) => Some((why, *at)),
            Origin::Verbatim(_) | Origin::Whole(_) => None,
        }
    }

    /// Returns `true` if any of the bytes `range` is unknown.
    pub fn has_hole(&self, range: Range<usize>) -> bool {
        let mut segments = self.of(&range).filter(|segment| segment.start >= range.start);
        segments.any(|segment| matches!(segment.origin, Origin::Hole(..)))
    }

    /// The parts that overlap the bytes `range`.
    fn of(&self, range: &Range<usize>) -> impl Iterator<Item = &Segment> {
        let end = range.end;
        let first = self.segments.partition_point(|segment| segment.start <= range.start).saturating_sub(1);
        self.segments[first..].iter().take_while(move |segment| segment.start < end)
    }

    fn segment(&self, offset: usize) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.start <= offset);
        self.segments.get(after.checked_sub(1)?)
    }

    /// The place of the byte at `offset`, or of the whole part that it came from.
    fn place(&self, offset: usize) -> Span {
        match self.segment(offset) {
            Some(Segment { start, origin: Origin::Verbatim(at) }) => {
                let from = at.start as usize + (offset - start);
                Span::new(at.file, from, from + 1)
            }
            Some(Segment { origin: Origin::Whole(at) | Origin::Hole(_, at), .. }) => *at,
            None => Span::new(FileId(0), 0, 0),
        }
    }
}

/// Encodes text as a JSON string as `jsonencode` does, with its quotes.
fn quoted(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    if !quoted.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return quoted;
    }
    let mut escaped = String::with_capacity(quoted.len() + 16);
    for letter in quoted.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(escaped, "\\u{:04x}", letter as u32);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// The placeholder for members that are unknown.
fn more() -> Unknown {
    Unknown::Expression(SmolStr::new_static("more members"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_over_parts_runs_from_the_first_to_the_last() {
        let file = FileId(0);
        let mut text = Mapped::empty();
        text.push("{\"cpu\": ", Span::new(file, 100, 108));
        text.push_hole(Unknown::Reference("var.cpu".into()), Span::new(file, 108, 118));
        text.push("}", Span::new(file, 118, 119));
        let hole = text.text.find(HOLE).unwrap_or_default();
        assert_eq!(text.span(2..5), Span::new(file, 102, 105));
        assert_eq!(text.span(hole..hole + HOLE.len_utf8()), Span::new(file, 108, 118));
        assert_eq!(text.span(0..text.text.len()), Span::new(file, 100, 119));
        assert!(text.has_hole(0..text.text.len()));
        assert!(!text.has_hole(0..4));
    }

    #[test]
    fn a_range_that_ends_in_another_file_is_its_first_part() {
        let mut text = Mapped::empty();
        text.push("x ü😀", Span::new(FileId(0), 10, 18));
        text.push("web", Span::new(FileId(1), 0, 3));
        assert_eq!(text.span(2..text.text.len()), Span::new(FileId(0), 12, 18));
    }
}
