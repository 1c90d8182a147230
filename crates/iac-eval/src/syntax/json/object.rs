//! Objects and their members.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::syntax::json::Parser;
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::{Entry, More, Node, NodeKind, Object, Unknown};

/// What was read between two members of a list or an object.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Between {
    /// A comma, or nothing yet.
    Comma,
    /// A member with no comma after it.
    Member,
    /// A placeholder, which may expand to text with its own commas.
    Placeholder,
}

impl Parser<'_> {
    /// Reads an object. The next byte is its opening bracket.
    pub(super) fn object(&mut self) -> Node {
        let start = self.at;
        self.at += 1;
        self.objects += 1;
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
                self.member(&mut object, &mut between);
            }
        }
        self.objects -= 1;
        if self.more(start) == More::Maybe {
            object.more = More::Maybe;
        }
        self.repeated(&object);
        self.node(NodeKind::Object(object.into()), start)
    }

    fn member(&mut self, object: &mut Object, between: &mut Between) {
        let start = self.at;
        let Some(key) = self.key() else {
            self.suspect(start);
            self.skip();
            return;
        };
        let key_at = self.map.span(start..self.at);
        self.space();
        let has_colon = self.peek() == Some(b':');
        if has_colon {
            self.at += 1;
        } else {
            if self.torn != Some(start) {
                let help = Some("write a key, a colon, and a value");
                self.reject(start..self.at.max(start + 1), "missing colon after this key", help);
            }
            self.suspect(start);
        }
        self.space();
        let value = match self.peek() {
            None | Some(b',' | b'}' | b']') => None,
            Some(_) => self.value_but_no_key(between),
        };
        if value.is_none() {
            self.no_value(start);
            self.suspect(start);
        }
        let value = value.or_else(|| {
            let why = Unknown::Expression(SmolStr::default());
            has_colon.then(|| Node::unknown(why, self.map.span(self.at..self.at)))
        });
        match key.as_str().zip(value) {
            Some((name, value)) => object.entries.push(Entry::new(name, key_at, value)),
            None => object.more = More::Maybe,
        }
    }

    /// Reads a value, unless it is the key of the next member, which is left unread.
    pub(super) fn value_but_no_key(&mut self, between: &mut Between) -> Option<Node> {
        let (start, errors, reported) = (self.at, self.errors.len(), self.reported);
        let value = self.value();
        let end = self.at;
        self.space();
        if self.peek() == Some(b':') && matches!(value.kind, NodeKind::String(_)) {
            self.at = start;
            self.errors.truncate(errors);
            self.reported = reported;
            *between = Between::Comma;
            return None;
        }
        self.at = end;
        Some(value)
    }

    fn no_value(&mut self, start: usize) {
        if self.errors.last().is_none_or(|error| error.span.start < self.map.span(start..start + 1).start) {
            self.reject(start..start + 1, "missing value for this key", None);
        }
    }

    /// Reports duplicate keys of an object.
    fn repeated(&mut self, object: &Object) {
        let mut seen = FxHashSet::default();
        for entry in object.entries.iter().filter(|entry| !seen.insert(entry.key.as_str())) {
            let message = format!("duplicate key `{}`: only the last value is used", entry.key);
            let help = Some("remove one of the two".to_owned());
            self.note(SyntaxError {
                help,
                kind: SyntaxErrorKind::Ignored,
                ..SyntaxError::rejected(entry.key_at, message)
            });
        }
    }

    /// Reads a key, with or without its quotes; `None` if there is none.
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
        self.reject(
            start..self.at,
            format!("the key `{name}` must be quoted"),
            Some("enclose the key in double quotes"),
        );
        Some(self.node(NodeKind::String(name.into()), start))
    }
}
