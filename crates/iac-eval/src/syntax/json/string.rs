//! Strings: decodes escapes, and separates placeholders and unknown parts from the known text around them.

use std::ops::Range;

use smol_str::SmolStr;

use crate::syntax::SyntaxError;
use crate::syntax::json::placeholder::{self, Strings};
use crate::syntax::json::{MAX_STRING, Parser};
use crate::value::{Node, NodeKind, Part, Text, Unknown};

/// The start of a dynamic reference of CloudFormation.
const DYNAMIC: &str = "{{resolve:";

impl Parser<'_> {
    /// Reads a string. The next byte is a single or double quote.
    pub(super) fn string(&mut self) -> Node {
        let start = self.at;
        let end = start + length(self.rest());
        let quote = &self.text[start..=start];
        let closed = end - start >= 2 && self.text[start..end].ends_with(quote);
        let inside = start + 1..if closed { end - 1 } else { end };
        self.at = end;
        match (quote, closed) {
            ("'", true) => self.reject(
                start..end,
                "strings must be enclosed in double quotes",
                Some("use double quotes"),
            ),
            (_, true) => {}
            (_, false) => return self.torn_string(start),
        }
        let kind = self.content(inside);
        self.node(kind, start)
    }

    /// Reads a string that is never closed. The rest of its value is unknown.
    fn torn_string(&mut self, start: usize) -> Node {
        let help = Some("close it on the same line");
        self.reject(start..start + 1, "this string is never closed", help);
        self.torn = self.torn.max(Some(start));
        self.torn_string = Some(start);
        self.suspect(start);
        self.node(NodeKind::Unknown(Unknown::Expression(self.text[start..self.at].into())), start)
    }

    fn content(&mut self, inside: Range<usize>) -> NodeKind {
        if inside.len() > MAX_STRING {
            let message = format!("this string is longer than {MAX_STRING} bytes, so it is not read");
            self.note(SyntaxError::limit(self.map.span(inside.start - 1..inside.start), message));
            return NodeKind::Unknown(Unknown::Expression(SmolStr::default()));
        }
        let raw = &self.text[inside.clone()];
        let special = |byte: u8| byte < 0x20 || b"\\$<{%@#[(".contains(&byte);
        let is_plain = !raw.bytes().any(special) && !placeholder::may_have_word(raw);
        if is_plain && !self.map.has_hole(inside.clone()) {
            return NodeKind::String(raw.into());
        }
        let parts = self.parts(inside);
        match parts.as_slice() {
            [] => NodeKind::String("".into()),
            [Part::Known { text, .. }] => NodeKind::String(text.clone()),
            _ => NodeKind::Text(Text::new(parts).into()),
        }
    }

    fn parts(&mut self, inside: Range<usize>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut known = String::new();
        let (mut from, mut at) = (inside.start, inside.start);
        while at < inside.end {
            let rest = &self.text[at..inside.end];
            let unknown = match (self.map.hole(at), self.placeholder_at(inside.start..at, rest)) {
                (Some((why, _)), _) => Some((why.clone(), self.character_end(at))),
                (None, Some(length)) => Some((Unknown::Placeholder(rest[..length].into()), at + length)),
                (None, None) => None,
            };
            if let Some((why, end)) = unknown {
                self.flush(&mut parts, &mut known, from..at);
                parts.push(Part::Unknown(why, self.map.span(at..end)));
                (from, at) = (end, end);
            } else {
                at += self.letter(at..inside.end, &mut known);
            }
        }
        self.flush(&mut parts, &mut known, from..at);
        parts
    }

    /// The length of the placeholder that `rest` begins with, after the part `before` of a string.
    fn placeholder_at(&self, before: Range<usize>, rest: &str) -> Option<usize> {
        let within = |before: char| before.is_alphanumeric() || before == '_';
        let is_new = !self.text[before.clone()].ends_with(within);
        let placeholder = placeholder::length(rest).or_else(|| placeholder::bracketed(rest));
        let placeholder = placeholder.or_else(|| placeholder::worded(rest).filter(|_| is_new));
        let is_tag = ["{{", "{%", "<%"].iter().any(|tag| rest.starts_with(tag));
        placeholder.filter(|length| match self.strings {
            Strings::Replaced => true,
            Strings::Exact if is_tag => !rest.starts_with(DYNAMIC),
            Strings::Exact => before.is_empty() && *length == rest.len() && !rest.starts_with("${"),
        })
    }

    fn flush(&self, parts: &mut Vec<Part>, known: &mut String, range: Range<usize>) {
        if !known.is_empty() {
            let text = std::mem::take(known).into();
            parts.push(Part::Known { text, at: self.map.span(range) });
        }
    }

    /// Adds the character or escape at the start of the range, and returns its length.
    fn letter(&mut self, range: Range<usize>, known: &mut String) -> usize {
        let rest = &self.text[range.clone()];
        let Some(letter) = rest.chars().next() else { return 1 };
        if letter == '\\' {
            return self.escape(range, known);
        }
        if (letter as u32) < 0x20 {
            let (what, help) = match letter {
                '\n' => (
                    "line breaks are not allowed in a string",
                    "close the string on the same line, or write the line break as `\\n`",
                ),
                _ => (
                    "control characters are not allowed in a string",
                    "write `\\t` for a tab and `\\n` for a line break",
                ),
            };
            self.reject(range.start..range.start + 1, what, Some(help));
        }
        known.push(letter);
        letter.len_utf8()
    }

    fn escape(&mut self, range: Range<usize>, known: &mut String) -> usize {
        let rest = &self.text[range.clone()];
        let simple = match rest.as_bytes().get(1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'u') => {
                if let Some((letter, length)) = unicode(rest) {
                    known.push(letter);
                    return length;
                }
                return self.bad_escape(range);
            }
            _ => return self.bad_escape(range),
        };
        known.push(simple);
        2
    }

    fn bad_escape(&mut self, range: Range<usize>) -> usize {
        let length = self.text[range.clone()].chars().take(2).map(char::len_utf8).sum();
        let text = &self.text[range.start..range.start + length];
        let message = format!("`{text}` is not a valid JSON escape sequence");
        self.reject(range.start..range.start + length, message, Some("write `\\\\` for a backslash"));
        length
    }
}

/// Decodes `\u0041`, or two escapes that form a surrogate pair. Returns the character and the number of bytes read.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = unit(text)?;
    if let Some(letter) = char::from_u32(first) {
        return Some((letter, 6));
    }
    let pair =
        text.get(6..).and_then(unit).filter(|second| (0xDC00..0xE000).contains(second) && first < 0xDC00);
    let joined =
        pair.and_then(|second| char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
    Some(joined.map_or((char::REPLACEMENT_CHARACTER, 6), |letter| (letter, 12)))
}

/// The length of the string at the start of the text, including its quotes. An unclosed string ends at the line break,
/// or at a quote that is the first character of the next line. Quotes within `{{ … }}` belong to the template.
pub(super) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.first().copied();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(|next| *next != b'\n') => at += 1,
            b'\n' if closes(&text[at..]).is_some() => at += closes(&text[at..]).unwrap_or_default() - 1,
            b'{' if templated(&text[at..]).is_some() => at += templated(&text[at..]).unwrap_or_default() - 1,
            b'\n' => return if bytes[at - 1] == b'\r' { at - 1 } else { at },
            byte if Some(*byte) == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The distance from the line break to a quote that can only close the string.
fn closes(text: &str) -> Option<usize> {
    let rest = text.trim_start();
    let behind = rest.strip_prefix('"')?;
    let is_end =
        behind.starts_with([',', '}', ']', '\r', '\n']) && !behind[1..].trim_start().starts_with(':');
    is_end.then_some(text.len() - rest.len())
}

/// The length of `{{ printf "%.8s" .Tag }}`, which contains quotes of its own, in pairs.
fn templated(text: &str) -> Option<usize> {
    let length = placeholder::length(text).filter(|_| text.starts_with("{{"))?;
    let quotes = text[..length].bytes().filter(|byte| *byte == b'"').count();
    (quotes > 0 && quotes % 2 == 0).then_some(length)
}
