//! JSON text to nodes with places. It reads what people commit, not only what the standard allows: a template's
//! placeholders are unknown values, and after a mistake it reads on.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::node::{Array, Entry, Kind, More, Node, Object, Unknown};
use crate::project::{Grade, Problem};
use crate::text::Mapped;

mod bare;
mod placeholder;
mod string;

/// How deep values may nest; deeper ones are unknown.
const DEEPEST: usize = 128;

/// What a text holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Its value; none where the text is empty.
    pub root: Option<Node>,
    /// What a strict reader refuses or overlooks, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Parses a text. Never fails: the tree holds what could be read.
pub fn parse(text: &Mapped<'_>) -> Parsed {
    let mut parser =
        Parser { map: text, text: &text.text, at: 0, depth: 0, problems: Vec::new(), said: Said::default() };
    parser.at = if parser.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    parser.space();
    let root = (parser.at < parser.text.len()).then(|| parser.value());
    parser.space();
    if parser.at < parser.text.len() && parser.problems.is_empty() && !parser.at_placeholder() {
        parser.unexpected("text after the end of the document");
    }
    parser.problems.sort_by_key(|problem| problem.span);
    Parsed { root, problems: parser.problems }
}

struct Parser<'m> {
    map: &'m Mapped<'m>,
    text: &'m str,
    /// Offset of the next byte.
    at: usize,
    depth: usize,
    problems: Vec<Problem>,
    said: Said,
}

/// What is said once of a text, however often it occurs.
#[derive(Default)]
struct Said {
    comment: bool,
    depth: bool,
}

/// What stands between two members of a list or object.
#[derive(Clone, Copy, PartialEq)]
enum Between {
    /// A comma, or nothing yet.
    Comma,
    /// A member without a comma behind it.
    Member,
    /// A placeholder, which may bring its own commas.
    Placeholder,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn node(&self, kind: Kind, start: usize) -> Node {
        Node::new(kind, self.map.span(start..self.at))
    }

    /// Notes a mistake at the bytes `range`.
    fn refuse(&mut self, range: std::ops::Range<usize>, message: impl Into<String>, help: Option<&str>) {
        let span = self.map.span(range);
        let help = help.map(str::to_owned);
        self.problems.push(Problem {
            span,
            message: message.into(),
            help,
            grade: Grade::Refused,
            labels: Vec::new(),
        });
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
            if !std::mem::replace(&mut self.said.comment, true) {
                let help = "remove the comments; the AWS CLI and Terraform refuse JSON that has them";
                self.refuse(self.at..self.at + length, "JSON has no comments", Some(help));
            }
            self.at += length;
        }
    }

    /// The length of a conflict's mark that Git left here, if one begins. Of the two sides the first is read.
    fn conflict(&mut self) -> Option<usize> {
        let rest = self.rest();
        let line = rest.find('\n').unwrap_or(rest.len());
        if rest.starts_with("=======") {
            let end = rest.find("\n>>>>>>> ")? + 1;
            return Some(end + rest[end..].find('\n').unwrap_or(rest.len() - end));
        }
        let begins = rest.starts_with("<<<<<<< ");
        if begins {
            let help = Some("keep one of its sides");
            self.refuse(self.at..self.at + line, "an unresolved merge conflict", help);
        }
        begins.then_some(line)
    }

    /// Reads a value; the next byte is not white space and there is one.
    fn value(&mut self) -> Node {
        match self.peek() {
            Some(b'"' | b'\'') => self.string(),
            Some(b'{') if !self.at_placeholder() => self.nested(Parser::object),
            Some(b'[') => self.nested(Parser::array),
            _ => self.bare(),
        }
    }

    /// Reads a list or an object, unless it lies too deep.
    fn nested(&mut self, read: fn(&mut Self) -> Node) -> Node {
        if self.depth == DEEPEST {
            return self.too_deep();
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn too_deep(&mut self) -> Node {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                b'"' => self.at += string::length(self.rest()) - 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
        self.at = self.text.len().min(self.at);
        if !std::mem::replace(&mut self.said.depth, true) {
            self.refuse(start..start + 1, "values are nested more than 128 deep", None);
        }
        self.node(Kind::Unknown(Unknown::Expression(SmolStr::new_static("nested too deep"))), start)
    }

    fn array(&mut self) -> Node {
        let start = self.at;
        self.at += 1;
        let mut array = Array::default();
        let mut between = Between::Comma;
        while self.next_member(start, b']', &mut between) {
            let at = self.at;
            let is_placeholder = self.at_placeholder();
            let item = self.value();
            if self.at == at {
                self.skip();
                continue;
            }
            self.missing_comma(&mut between, is_placeholder, at);
            array.items.push(item);
        }
        self.node(Kind::Array(array.into()), start)
    }

    fn object(&mut self) -> Node {
        let start = self.at;
        self.at += 1;
        let mut object = Object::default();
        let mut between = Between::Comma;
        while self.next_member(start, b'}', &mut between) {
            let at = self.at;
            if self.at_placeholder() {
                self.bare();
                object.more = More::Maybe;
                self.missing_comma(&mut between, true, at);
            } else {
                self.missing_comma(&mut between, false, at);
                self.member(&mut object);
            }
        }
        self.repeated(&object);
        self.node(Kind::Object(object.into()), start)
    }

    /// Goes to the next member. False at the closing bracket, which is then behind, or where it should be.
    fn next_member(&mut self, start: usize, close: u8, between: &mut Between) -> bool {
        loop {
            let before = self.at;
            self.space();
            match self.peek() {
                Some(b',') if *between == Between::Comma => {
                    let help = Some("remove the comma");
                    self.refuse(self.at..self.at + 1, "a comma without a value before it", help);
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
                Some(b']' | b'}') | None => return self.unclosed(start, before),
                Some(_) => return true,
            }
        }
    }

    fn trailing_comma(&mut self, close: u8) {
        let comma = self.at - 1;
        self.space();
        if self.peek() == Some(close) {
            self.refuse(comma..comma + 1, "a comma with nothing behind it", Some("remove the comma"));
        }
    }

    /// Says that the bracket at `start` is never closed; goes back behind the last member.
    fn unclosed(&mut self, start: usize, end: usize) -> bool {
        let bracket = &self.text[start..=start];
        let message = format!("this `{bracket}` is never closed");
        self.refuse(start..start + 1, message, None);
        self.at = end;
        false
    }

    /// Says that a comma is missing before the member at `at`, unless a placeholder beside it may bring it.
    fn missing_comma(&mut self, between: &mut Between, is_placeholder: bool, at: usize) {
        if *between == Between::Member && !is_placeholder {
            self.refuse(at..self.character_end(at), "a comma is missing before this", Some("add a comma"));
        }
        *between = if is_placeholder { Between::Placeholder } else { Between::Member };
    }

    fn member(&mut self, object: &mut Object) {
        let start = self.at;
        let Some(key) = self.key() else {
            self.skip();
            return;
        };
        let key_at = self.map.span(start..self.at);
        self.space();
        match self.peek() {
            Some(b':') => self.at += 1,
            _ => {
                let help = Some("write a key, a colon and a value");
                self.refuse(start..self.at.max(start + 1), "no colon behind this key", help);
            }
        }
        self.space();
        let value = match self.peek() {
            None | Some(b',' | b'}' | b']') => return self.no_value(start),
            Some(_) => self.value(),
        };
        match key.as_str() {
            Some(name) => object.entries.push(Entry::new(name, key_at, value)),
            None => object.more = More::Maybe,
        }
    }

    fn no_value(&mut self, start: usize) {
        if self
            .problems
            .last()
            .is_none_or(|problem| problem.span.start < self.map.span(start..start + 1).start)
        {
            self.refuse(start..start + 1, "no value behind this key", None);
        }
    }

    /// Says which keys of an object are given more than once.
    fn repeated(&mut self, object: &Object) {
        let mut seen = FxHashSet::default();
        for entry in object.entries.iter().filter(|entry| !seen.insert(entry.key.as_str())) {
            self.problems.push(Problem {
                span: entry.key_at,
                message: format!(
                    "`{}` is given twice in one object, and only the last one counts",
                    entry.key
                ),
                help: Some("remove one of the two".to_owned()),
                grade: Grade::Ignored,
                labels: Vec::new(),
            });
        }
    }

    /// Reads a key, quoted as it should be or not; none where there is none.
    fn key(&mut self) -> Option<Node> {
        match self.peek()? {
            b'"' | b'\'' => Some(self.string()),
            _ => self.bare_key(),
        }
    }

    fn bare_key(&mut self) -> Option<Node> {
        let start = self.at;
        let word = self.rest();
        let length =
            word.len() - word.trim_start_matches(|c: char| c.is_alphanumeric() || "_-.".contains(c)).len();
        if length == 0 {
            return None;
        }
        self.at += length;
        let name = &self.text[start..self.at];
        self.refuse(
            start..self.at,
            format!("the key `{name}` is not quoted"),
            Some("put the key in double quotes"),
        );
        Some(self.node(Kind::String(name.into()), start))
    }

    /// Says that nothing fits here and goes on behind the next comma or before the next bracket.
    fn skip(&mut self) {
        self.unexpected("unexpected text");
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
        self.refuse(self.at..end, format!("{what}: `{found}`"), None);
        self.at = end;
    }

    fn character_end(&self, at: usize) -> usize {
        at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }
}

/// The length of the comment that the text begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let inside = text.strip_prefix("/*")?;
    Some(inside.find("*/").map_or(text.len(), |end| end + 4))
}

#[cfg(test)]
mod tests;
