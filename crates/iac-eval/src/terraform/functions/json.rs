//! Converts between values and their JSON strings, and keeps the place of each token.

use crate::source::{Sources, Span};
use crate::syntax::json;
use crate::terraform::functions::inserted;
use crate::terraform::functions::string::string;
use crate::value::{Mapped, Node, NodeKind, Part, Text};

/// Encodes a value as a JSON string.
pub(in crate::terraform) fn encoded(value: &Node, at: Span) -> Node {
    Node::new(NodeKind::Text(Text::new(vec![Part::Json(value.clone())]).into()), at)
}

/// Decodes a JSON string: returns the value that it encodes, or parses its text with the place of every part. `None` if
/// the value is unknown or not a string.
pub fn parse_json(sources: &Sources, text: &Node) -> Option<json::Parsed> {
    if let NodeKind::Text(text) = &text.kind
        && let Some(value) = text.json()
    {
        return Some(json::Parsed { root: Some(value.clone()), ..json::Parsed::default() });
    }
    Some(inserted::parse(sources, &with_places(sources, text)?))
}

/// A string as text with the place of every byte; `None` if the value is unknown or not a string.
pub(super) fn with_places(sources: &Sources, text: &Node) -> Option<Mapped<'static>> {
    let mut mapped = Mapped::empty();
    match &text.kind {
        NodeKind::String(known) => mapped.push(known, inside(sources, text, known)),
        NodeKind::Number(_) | NodeKind::Bool(_) => mapped.push(&string(text)?, text.at),
        _ => return Mapped::string(text),
    }
    Some(mapped)
}

/// The place of a value's text: without the quotes, if it has quotes and no escapes.
pub(in crate::terraform) fn inside(sources: &Sources, value: &Node, text: &str) -> Span {
    let at = value.at;
    let quoted = sources.text(at);
    let bare = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if bare == Some(text) { Span { start: at.start + 1, end: at.end - 1, ..at } } else { at }
}
