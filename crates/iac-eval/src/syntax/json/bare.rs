//! Values without quotes: numbers, `true`, `false`, `null`, placeholders, and misspellings of them.

use smol_str::SmolStr;

use crate::syntax::json::{Parser, placeholder};
use crate::value::{Node, NodeKind, Unknown};

impl Parser<'_> {
    /// Reads an unquoted value, up to white space or punctuation. Reads nothing if there is no such value.
    pub(super) fn bare(&mut self) -> Node {
        let start = self.at;
        let mut unknown = None;
        loop {
            if let Some((why, _)) = self.map.hole(self.at) {
                unknown.get_or_insert_with(|| why.clone());
                self.at = self.character_end(self.at);
            } else if let Some(length) = self.placeholder_in(start) {
                let text = &self.rest()[..length];
                unknown.get_or_insert_with(|| Unknown::Placeholder(text.into()));
                self.is_template = true;
                self.at += length;
            } else {
                match self.rest().chars().next() {
                    Some(letter) if is_part(letter) => self.at += letter.len_utf8(),
                    _ => break,
                }
            }
        }
        match unknown {
            Some(why) => self.node(NodeKind::Unknown(why), start),
            None => self.word(start),
        }
    }

    /// The length of the placeholder here, in the value that starts at `start`.
    fn placeholder_in(&self, start: usize) -> Option<usize> {
        if self.at == start { placeholder::bare(self.rest()) } else { placeholder::marked(self.rest()) }
    }

    fn word(&mut self, start: usize) -> Node {
        let text = &self.text[start..self.at];
        let kind = match text {
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            "null" => NodeKind::Null,
            "" => NodeKind::Unknown(Unknown::Expression(SmolStr::default())),
            text if is_number(text) => NodeKind::Number(text.into()),
            text => {
                let kind = meant(text);
                self.reject(
                    start..self.at,
                    format!("`{text}` is not a valid JSON value"),
                    Some(advice(text)),
                );
                kind
            }
        };
        self.node(kind, start)
    }
}

fn is_part(letter: char) -> bool {
    !letter.is_whitespace() && !",]}:\"'[{".contains(letter)
}

/// Returns `true` for a number as defined in RFC 8259.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    let shape = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && !digits.contains(".e")
        && !digits.contains(".E")
        && !digits.contains('_');
    shape && !leading_zero && text.parse::<f64>().is_ok()
}

fn meant(text: &str) -> NodeKind {
    match text {
        "True" | "TRUE" => NodeKind::Bool(true),
        "False" | "FALSE" => NodeKind::Bool(false),
        "None" | "undefined" => NodeKind::Null,
        _ => NodeKind::Unknown(Unknown::Expression(text.into())),
    }
}

fn advice(text: &str) -> &'static str {
    match meant(text) {
        NodeKind::Bool(true) => "write `true`",
        NodeKind::Bool(false) => "write `false`",
        NodeKind::Null => "write `null`",
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            "write the number as `8` or `0.5`"
        }
        _ => "enclose text in double quotes",
    }
}
