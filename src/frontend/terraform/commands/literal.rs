//! Values in texts that scripts pass or write: the syntax of var files, without anything that is evaluated.

use smol_str::SmolStr;

use crate::frontend::terraform::commands::ANY;
use crate::frontend::terraform::commands::terraform::{unknown, unknown_reference};
use crate::source::{FileId, Span};
use crate::syntax::hcl::{self, Attribute, Expr, ExprKind, Part};
use crate::syntax::json;
use crate::value::{Entry, HOLE, Mapped, Node, NodeKind};

/// A letter that stands for an unknown part while the text is parsed. It has as many bytes as [`HOLE`].
const LETTER: &str = "\u{FF58}";

/// A text whose parts that a script computes are unknown.
pub(super) fn with_holes(text: &str, at: Span) -> Mapped<'static> {
    let mut mapped = Mapped::empty();
    let is_verbatim = at.range().len() == text.len();
    let mut start = 0;
    for (index, part) in text.split(ANY).enumerate() {
        if index > 0 {
            mapped.push_hole(unknown_reference("script"), at);
        }
        let end = start + part.len();
        mapped.push(part, if is_verbatim { at.slice(start..end) } else { at });
        start = end + ANY.len_utf8();
    }
    mapped
}

/// The value of a list or an object.
pub(super) fn collection(file: FileId, text: &Mapped) -> Option<Node> {
    let parsed = hcl::parse_value(file, &text.text.replace(HOLE, LETTER))?;
    Some(value(&parsed, text))
}

/// The variables that the text of a var file sets; `None` if it is malformed.
pub(super) fn variables(file: FileId, text: &Mapped, is_json: bool) -> Option<Vec<Attribute>> {
    if is_json {
        let parsed = json::parse(text);
        let root = parsed.root.filter(|_| parsed.errors.is_empty() && !parsed.is_template)?;
        let entries = &root.as_object()?.entries;
        return Some(entries.iter().map(|entry| attribute(&entry.key, entry.key_at, &entry.value)).collect());
    }
    let parsed = hcl::parse(file, &text.text.replace(HOLE, LETTER));
    let is_read = parsed.errors.is_empty() && parsed.body.blocks.is_empty();
    let is_named = |set: &Attribute| !text.has_hole(set.name_at.range());
    (is_read && parsed.body.attributes.iter().all(is_named)).then(|| {
        let set =
            |set: &Attribute| attribute(&set.name, text.span(set.name_at.range()), &value(&set.value, text));
        parsed.body.attributes.iter().map(set).collect()
    })
}

fn attribute(name: &SmolStr, name_at: Span, value: &Node) -> Attribute {
    let value = match &value.kind {
        NodeKind::String(text) => Expr { kind: ExprKind::String(text.clone()), at: value.at },
        NodeKind::Unknown(_) => unknown(name, value.at),
        _ => Expr { kind: ExprKind::Value(Box::new(value.clone())), at: value.at },
    };
    Attribute { name: name.clone(), name_at, value }
}

/// The value of an expression. What is computed, or evaluated, is unknown.
fn value(expr: &Expr, text: &Mapped) -> Node {
    let at = text.span(expr.at.range());
    let other = || Node::unknown(unknown_reference("script"), at);
    let kind = match &expr.kind {
        ExprKind::Array(items) => {
            return Node::array(items.iter().map(|item| value(item, text)).collect(), at);
        }
        ExprKind::Object(items) => {
            let entry = |item: &hcl::Item| match &item.key.kind {
                ExprKind::String(key) if !text.has_hole(item.key.at.range()) => {
                    Some(Entry::new(key.clone(), text.span(item.key.at.range()), value(&item.value, text)))
                }
                _ => None,
            };
            let entries: Option<Vec<Entry>> = items.iter().map(entry).collect();
            return entries.map_or_else(other, |entries| Node::object(entries, at));
        }
        ExprKind::Parens(inner) => return value(inner, text),
        _ if text.has_hole(expr.at.range()) => return other(),
        ExprKind::Null => NodeKind::Null,
        ExprKind::Bool(is) => NodeKind::Bool(*is),
        ExprKind::Number(number) => NodeKind::Number(number.clone()),
        ExprKind::String(known) => NodeKind::String(known.clone()),
        ExprKind::Template(parts) => match literal(parts) {
            Some(known) => NodeKind::String(known.into()),
            None => return other(),
        },
        _ => return other(),
    };
    Node::new(kind, at)
}

fn literal(parts: &[Part]) -> Option<String> {
    fn text(part: &Part) -> Option<&str> {
        match part {
            Part::Literal(text, _) => Some(text),
            _ => None,
        }
    }
    parts.iter().map(text).collect()
}
