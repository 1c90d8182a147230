//! Strings and the values that they encode as JSON, each token with its place.

use crate::source::{Sources, Span};
use crate::syntax::json;
use crate::terraform::functions::string::string;
use crate::value::{Mapped, Node, NodeKind, Part, Text};

/// The string that is the JSON encoding of a value.
pub(in crate::terraform) fn encoded(value: &Node, at: Span) -> Node {
    Node::new(NodeKind::Text(Text::new(vec![Part::Json(value.clone())]).into()), at)
}

/// A string as JSON: the value it encodes, or its text parsed with the place of every part. `None` if it is not a string, or
/// it is unknown.
pub fn parse_json(sources: &Sources, text: &Node) -> Option<json::Parsed> {
    if let NodeKind::Text(text) = &text.kind
        && let Some(value) = text.json()
    {
        return Some(json::Parsed { root: Some(value.clone()), errors: Vec::new() });
    }
    Some(json::parse(&with_places(sources, text)?))
}

/// A string as a text with the place of every byte; `None` if it is not one, or it is unknown.
pub(super) fn with_places(sources: &Sources, text: &Node) -> Option<Mapped<'static>> {
    let mut mapped = Mapped::empty();
    match &text.kind {
        NodeKind::String(known) => mapped.push(known, inside(sources, text, known)),
        NodeKind::Number(_) | NodeKind::Bool(_) => mapped.push(&string(text)?, text.at),
        NodeKind::Text(text) => {
            for part in &text.parts {
                match part {
                    Part::Known { text, at } => mapped.push(text, *at),
                    Part::Unknown(why, at) => mapped.push_hole(why.clone(), *at),
                    Part::Json(value) => mapped.push_value(value),
                }
            }
        }
        _ => return None,
    }
    Some(mapped)
}

/// Where the text of a value stands: without its quotes, if it has them and no escapes.
pub(in crate::terraform) fn inside(sources: &Sources, value: &Node, text: &str) -> Span {
    let at = value.at;
    let quoted = sources.text(at);
    let bare = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if bare == Some(text) { Span { start: at.start + 1, end: at.end - 1, ..at } } else { at }
}
