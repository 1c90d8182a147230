//! Parses JSON text into nodes with places. The parser accepts what people commit, not only standard JSON: placeholders
//! of a template are unknown values, and parsing continues after an error.

use smol_str::SmolStr;

use crate::syntax::json::object::Between;
use crate::syntax::json::placeholder::Strings;
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::{Array, MAX_BYTES, Mapped, More, Node, NodeKind, Unknown};

mod bare;
mod bracket;
mod object;
mod placeholder;
mod string;

pub use placeholder::placeholders;

/// The maximum nesting depth of values; deeper values are unknown.
const MAX_DEPTH: usize = 128;

/// The maximum number of errors kept for one text.
const MAX_ERRORS: usize = 1_000;

/// The maximum number of values in one text, which bounds its memory. Plans of Terraform are far larger than what people write.
const MAX_VALUES: usize = 100_000;
const MAX_PLAN_VALUES: usize = 150_000;

/// The maximum length of a string, in bytes. AWS accepts at most 64 KiB for a whole task definition.
const MAX_STRING: usize = 1 << 20;

/// The contents of a parsed text.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The value; `None` if the text is empty.
    pub root: Option<Node>,
    /// What a strict parser rejects or ignores, in source order.
    pub errors: Vec<SyntaxError>,
    /// Whether the text is a template, which another program turns into JSON: it has placeholders outside of strings.
    pub is_template: bool,
    /// Whether a strict parser rejects only comments and trailing commas, which many programs accept in their settings.
    pub is_relaxed: bool,
}

/// Parses a text. It never fails: the tree contains everything that could be read.
///
/// ```
/// use iac_eval::source::FileId;
/// use iac_eval::syntax::json;
/// use iac_eval::value::{Mapped, Node};
///
/// let text = r#"{ "name": "web", "image": "${IMAGE}" "cpu": 256 }"#;
/// let parsed = json::parse(&Mapped::file(FileId(0), text));
/// assert_eq!(parsed.errors[0].message, "missing comma before this");
/// let root = parsed.root.expect("the text is not empty");
/// assert_eq!(root.get("name").and_then(Node::as_str), Some("web"));
/// // A template placeholder is an unknown value, not an error.
/// assert_eq!(root.get("image").and_then(Node::as_str), None);
/// ```
pub fn parse(text: &Mapped<'_>) -> Parsed {
    parse_with(text, Strings::Replaced)
}

/// Parses a text in which `${X}` means something else, and `<X>` within a string is what is written, such as a template of CloudFormation.
pub fn parse_exact(text: &Mapped<'_>) -> Parsed {
    parse_with(text, Strings::Exact)
}

fn parse_with(text: &Mapped<'_>, strings: Strings) -> Parsed {
    let mut parser = Parser {
        map: text,
        strings,
        text: &text.text,
        at: 0,
        lists: 0,
        objects: 0,
        torn: None,
        torn_string: None,
        suspect: None,
        is_uneven: false,
        is_template: false,
        values: 0,
        most: if is_plan(&text.text) { MAX_PLAN_VALUES } else { MAX_VALUES },
        is_cut: false,
        noted: 0,
        relaxed: 0,
        last_conflict: None,
        errors: Vec::new(),
        reported: Reported::default(),
    };
    parser.at = if parser.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    parser.space();
    let root = (parser.at < parser.text.len()).then(|| parser.value());
    parser.space();
    let is_rejected = parser.errors.iter().any(|error| error.kind == SyntaxErrorKind::Rejected);
    if parser.at < parser.text.len() && !parser.at_placeholder() {
        parser.is_uneven = true;
        if !is_rejected {
            parser.unexpected("unexpected text after the end of the document");
        }
    }
    let message = || {
        format!(
            "this text is larger than {} KiB; this value and the later ones are not read",
            MAX_BYTES >> 10
        )
    };
    parser.errors.extend(text.cut().map(|at| SyntaxError::limit(at, message())));
    parser.errors.sort_by_key(|error| error.span);
    parser.mark_recovered_region();
    let is_relaxed = parser.relaxed >= parser.noted;
    Parsed { root, errors: parser.errors, is_template: parser.is_template, is_relaxed }
}

/// Whether a text is a plan of Terraform, which begins with the version of its format.
fn is_plan(text: &str) -> bool {
    text[..text.floor_char_boundary(100)].contains("\"format_version\"")
}

struct Parser<'m> {
    map: &'m Mapped<'m>,
    strings: Strings,
    text: &'m str,
    /// Offset of the next byte.
    at: usize,
    /// The number of open lists.
    lists: usize,
    /// The number of open objects.
    objects: usize,
    /// The start of the last string or bracket that is never closed. The values around it may have more members than
    /// were read, as in a text that is still being typed.
    torn: Option<usize>,
    /// The start of the last string that is never closed.
    torn_string: Option<usize>,
    /// The first error after which a bracket may be missing, too.
    suspect: Option<usize>,
    /// Whether a bracket is unmatched.
    is_uneven: bool,
    /// Whether there is a placeholder outside of strings.
    is_template: bool,
    /// The number of values that were read.
    values: usize,
    /// The maximum number of values.
    most: usize,
    /// Whether the rest of the text was skipped.
    is_cut: bool,
    /// The number of errors.
    noted: usize,
    /// The number of comments and trailing commas among them.
    relaxed: usize,
    /// The last end of a Git conflict, once it was searched.
    last_conflict: Option<Option<usize>>,
    errors: Vec<SyntaxError>,
    reported: Reported,
}

/// Errors that are reported only once per text, however often they occur.
#[derive(Clone, Copy, Default)]
struct Reported {
    comment: bool,
    conflict: bool,
    depth: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn node(&self, kind: NodeKind, start: usize) -> Node {
        let used = self.map.inserted(start..self.at);
        Node { used, ..Node::new(kind, self.map.span(start..self.at)) }
    }

    /// Reports an error at the bytes `range`.
    fn reject(&mut self, range: std::ops::Range<usize>, message: impl Into<String>, help: Option<&str>) {
        let span = self.map.span(range);
        let help = help.map(str::to_owned);
        self.note(SyntaxError { help, ..SyntaxError::rejected(span, message) });
    }

    fn reject_comma(&mut self, at: usize, message: &str) {
        let help = Some("remove the comma".to_owned());
        let span = self.map.span(at..at + 1);
        self.note(SyntaxError { help, is_superfluous: true, ..SyntaxError::rejected(span, message) });
    }

    /// Records an error. After the maximum number of errors, only that there are more.
    fn note(&mut self, error: SyntaxError) {
        if self.is_cut {
            return;
        }
        self.noted += 1;
        match self.errors.len() {
            ..MAX_ERRORS => self.errors.push(error),
            MAX_ERRORS => {
                let message = format!("only the first {MAX_ERRORS} errors of this file are reported");
                self.errors.push(SyntaxError::limit(error.span, message));
            }
            _ => {}
        }
    }

    /// Skips white space and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            self.at += blank;
            if let Some(length) = self.conflict() {
                self.at += length;
                continue;
            }
            let Some(length) = comment(self.rest()) else { return };
            if !std::mem::replace(&mut self.reported.comment, true) {
                let help = "remove the comments; the AWS CLI and Terraform reject JSON with comments";
                self.reject(self.at..self.at + length, "comments are not allowed in JSON", Some(help));
                self.relaxed += 1;
            }
            self.at += length;
        }
    }

    /// Returns the length of the Git conflict marker that starts here, if there is one. The first of the two sides is
    /// read.
    fn conflict(&mut self) -> Option<usize> {
        let is_second = self.rest().starts_with("=======");
        if !is_second && !self.rest().starts_with("<<<<<<< ") {
            return None;
        }
        let end = if is_second { self.end_of_conflict()? } else { self.at };
        // The second marker of a conflict is not another error, unless the first one is missing.
        if !std::mem::replace(&mut self.reported.conflict, true) || !is_second {
            let help = Some("keep one side and remove the markers");
            self.reject(self.at..self.end_of_line(self.at), "unresolved merge conflict", help);
        }
        Some(self.end_of_line(end) - self.at)
    }

    fn end_of_line(&self, from: usize) -> usize {
        self.text[from..].find('\n').map_or(self.text.len(), |at| from + at)
    }

    /// The line that ends a Git conflict. Searches no further than the last one, because each marker without an end would
    /// cost a search of the whole text.
    fn end_of_conflict(&mut self) -> Option<usize> {
        let mark = "\n>>>>>>> ";
        let last = *self.last_conflict.get_or_insert_with(|| self.text.rfind(mark));
        let rest = self.text.get(self.at..last? + mark.len())?;
        rest.find(mark).map(|at| self.at + at + 1)
    }

    /// Reads a value. There is one, and the next byte is not white space.
    fn value(&mut self) -> Node {
        self.values += 1;
        if self.values > self.most {
            return self.rest_of_text();
        }
        match self.peek() {
            Some(b'"' | b'\'') => self.string(),
            Some(b'{') if !self.at_placeholder() => self.nested(Parser::object),
            Some(b'[') if !self.at_placeholder() => self.nested(Parser::array),
            _ => self.bare(),
        }
    }

    /// Skips the rest of a text with too many values, which is unknown.
    fn rest_of_text(&mut self) -> Node {
        let start = self.at;
        let end = self.character_end(start);
        let message = format!("this file has more than {} values; the rest is not read", self.most);
        self.errors.push(SyntaxError::limit(self.map.span(start..end), message));
        self.at = self.text.len();
        self.torn = self.torn.max(Some(start));
        self.is_cut = true;
        self.node(NodeKind::Unknown(Unknown::Expression(SmolStr::default())), start)
    }

    fn array(&mut self) -> Node {
        let start = self.at;
        self.at += 1;
        self.lists += 1;
        let mut array = Array::default();
        let mut between = Between::Comma;
        while self.next_member(start, b']', &mut between) {
            let at = self.at;
            let is_placeholder = self.at_placeholder();
            let Some(item) = self.value_but_no_key(&mut between) else {
                self.unclosed(start, at);
                break;
            };
            if self.at == at {
                self.skip();
                continue;
            }
            self.missing_comma(&mut between, is_placeholder, at);
            array.items.push(item);
        }
        self.lists -= 1;
        array.more = self.more(start);
        self.node(NodeKind::Array(array.into()), start)
    }

    /// Returns whether the list or object that starts at `start` may have more members than were read.
    fn more(&self, start: usize) -> More {
        match self.torn {
            Some(torn) if torn >= start => More::Maybe,
            _ => More::No,
        }
    }

    /// Advances to the next member. Returns `false` at the closing bracket, which is then consumed, or at the place
    /// where it is missing.
    fn next_member(&mut self, start: usize, close: u8, between: &mut Between) -> bool {
        loop {
            let before = self.at;
            self.space();
            match self.peek() {
                Some(b',') if *between == Between::Comma => {
                    self.reject_comma(self.at, "unexpected comma: there is no value before it");
                    self.at += 1;
                }
                Some(b',') => {
                    self.at += 1;
                    self.trailing_comma(close);
                    *between = Between::Comma;
                }
                Some(byte) if byte == close => {
                    self.at += 1;
                    return false;
                }
                Some(b']') if self.lists == 0 => self.stray(start),
                Some(b'}') if self.objects == 0 => self.stray(start),
                Some(b']' | b'}') | None => return self.unclosed(start, before),
                Some(_) => return true,
            }
        }
    }

    fn trailing_comma(&mut self, close: u8) {
        let comma = self.at - 1;
        self.space();
        if self.peek() == Some(close) {
            self.reject_comma(comma, "trailing commas are not allowed in JSON");
            self.relaxed += 1;
        }
    }

    /// Reports a missing comma before the member at `at`, unless an adjacent placeholder may contain it.
    fn missing_comma(&mut self, between: &mut Between, is_placeholder: bool, at: usize) {
        if *between == Between::Member && !is_placeholder {
            self.reject(at..self.character_end(at), "missing comma before this", Some("add a comma"));
            self.suspect(at);
        }
        *between = if is_placeholder { Between::Placeholder } else { Between::Member };
    }

    /// Reports unexpected text, and continues after the next comma or before the next bracket.
    fn skip(&mut self) {
        self.unexpected("unexpected text");
        if self.errors.len() > MAX_ERRORS {
            // Nothing that follows would be reported.
            self.at = self.text.len();
        }
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b']' | b'}' | b'{' | b'[' | b'"' => break,
                _ => self.at = self.character_end(self.at),
            }
        }
    }

    fn unexpected(&mut self, what: &str) {
        let end = self.character_end(self.at);
        let found: String = self.rest().chars().take_while(|c| !c.is_whitespace()).take(20).collect();
        self.reject(self.at..end, format!("{what}: `{found}`"), None);
        self.at = end;
    }

    fn character_end(&self, at: usize) -> usize {
        at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }
}

/// The length of the comment at the start of the text.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let inside = text.strip_prefix("/*")?;
    Some(inside.find("*/").map_or(text.len(), |end| end + 4))
}

#[cfg(test)]
mod tests;
