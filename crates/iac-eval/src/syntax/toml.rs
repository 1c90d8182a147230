//! Parses TOML text into nodes with places. Only this file uses the toml crate.

use std::ops::Range;

use smol_str::SmolStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::source::{FileId, Span};
use crate::syntax::SyntaxError;
use crate::value::{Entry, Node, NodeKind};

/// Parses a text, as far as it can be read, and returns its errors. A date becomes the text that it is written as.
///
/// ```
/// use iac_eval::source::FileId;
/// use iac_eval::syntax::toml;
///
/// let (root, errors) = toml::parse(FileId(0), "[rules]\nlatest-tag = \"off\"\n");
/// assert_eq!(errors, []);
/// assert_eq!(root.to_json().to_string(), r#"{"rules":{"latest-tag":"off"}}"#);
/// ```
pub fn parse(file: FileId, text: &str) -> (Node, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let reader = Reader { file, text };
    let whole = Span::new(file, 0, text.len());
    let errors = errors.iter().map(|error| reader.error(error)).collect();
    (reader.table(table.get_ref(), whole), errors)
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn error(&self, error: &Error) -> SyntaxError {
        let range = error.span().unwrap_or(0..0);
        // An error at the end of a line has an empty span: extend it by one character if there is one.
        let end = range.end.max(range.start + 1).min(self.text.len());
        let span = self.span(range.start..self.text.ceil_char_boundary(end));
        SyntaxError::rejected(span, error.message().lines().next().unwrap_or_default())
    }

    fn table(&self, table: &DeTable, at: Span) -> Node {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| {
                Entry::new(SmolStr::from(key.get_ref().as_ref()), self.span(key.span()), self.value(value))
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_at);
        Node::object(entries, at)
    }

    fn value(&self, value: &Spanned<DeValue>) -> Node {
        let at = self.span(value.span());
        let written = || SmolStr::from(self.text.get(value.span()).unwrap_or_default());
        match value.get_ref() {
            DeValue::String(text) => Node::string(text.as_ref(), at),
            DeValue::Integer(_) | DeValue::Float(_) => Node::new(NodeKind::Number(written()), at),
            DeValue::Boolean(flag) => Node::new(NodeKind::Bool(*flag), at),
            DeValue::Datetime(_) => Node::string(written(), at),
            DeValue::Array(items) => Node::array(items.iter().map(|item| self.value(item)).collect(), at),
            DeValue::Table(table) => self.table(table, at),
        }
    }
}
