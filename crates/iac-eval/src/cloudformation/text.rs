//! Strings that functions assemble from parts and take apart.

use smol_str::SmolStr;

use crate::source::Span;
use crate::value::{Node, NodeKind, Part, Text, Unknown};

/// The parts of a value as a string; `None` for a list or an object.
pub(super) fn parts(value: &Node) -> Option<Vec<Part>> {
    let known = |text: &SmolStr| vec![Part::Known { text: text.clone(), at: value.at }];
    match &value.kind {
        NodeKind::String(text) | NodeKind::Number(text) => Some(known(text)),
        NodeKind::Bool(flag) => Some(known(&SmolStr::new_static(if *flag { "true" } else { "false" }))),
        NodeKind::Text(text) => Some(text.parts.clone()),
        NodeKind::Unknown(why) => Some(vec![Part::Unknown(why.clone(), value.at)]),
        NodeKind::Null | NodeKind::Array(_) | NodeKind::Object(_) => None,
    }
}

/// The string of some parts, written at `at`.
pub(super) fn assembled(mut parts: Vec<Part>, at: Span) -> Node {
    parts.retain(|part| !matches!(part, Part::Known { text, .. } if text.is_empty()));
    match parts.as_slice() {
        [] => Node::string("", at),
        [Part::Known { text, at: place }] => Node::string(text.clone(), *place).used_at(at),
        [Part::Unknown(why, place)] => Node::unknown(why.clone(), *place).used_at(at),
        _ => Node::new(NodeKind::Text(Text::new(parts).into()), at),
    }
}

/// Splits parts at a delimiter in their known texts.
pub(super) fn split(parts: Vec<Part>, delimiter: &str, at: Span) -> Vec<Node> {
    let mut pieces: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts {
        let Part::Known { text, at } = &part else {
            if let Some(last) = pieces.last_mut() {
                last.push(part);
            }
            continue;
        };
        let is_verbatim = at.range().len() == text.len();
        let mut start = 0;
        for (index, piece) in text.split(delimiter).enumerate() {
            if index > 0 {
                pieces.push(Vec::new());
            }
            let place = if is_verbatim { at.part(start..start + piece.len()) } else { *at };
            if let Some(last) = pieces.last_mut().filter(|_| !piece.is_empty()) {
                last.push(Part::Known { text: piece.into(), at: place });
            }
            start += piece.len() + delimiter.len();
        }
    }
    pieces.into_iter().map(|piece| assembled(piece, at)).collect()
}

/// A string without the blanks around it.
pub(super) fn trimmed(value: Node) -> Node {
    let Some(text) = value.as_str() else { return value };
    let trimmed = text.trim();
    if trimmed.len() == text.len() {
        return value;
    }
    let start = text.len() - text.trim_start().len();
    let is_verbatim = value.at.range().len() == text.len();
    let at = if is_verbatim { value.at.part(start..start + trimmed.len()) } else { value.at };
    Node { at, ..Node { kind: NodeKind::String(trimmed.into()), ..value } }
}

/// The start of a dynamic reference, which CloudFormation replaces with a value from another service.
const DYNAMIC: &str = "{{resolve:";

/// The parts of a text with its dynamic references as unknown parts.
pub(super) fn with_dynamic(text: &str, at: Span) -> Vec<Part> {
    let is_verbatim = at.range().len() == text.len();
    let place = |range: std::ops::Range<usize>| if is_verbatim { at.part(range) } else { at };
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(DYNAMIC).map(|found| from + found) {
        let Some(end) = text[start..].find("}}").map(|found| start + found + 2) else { break };
        parts.push(Part::Known { text: text[from..start].into(), at: place(from..start) });
        let name = SmolStr::from(&text[start..end]);
        parts.push(Part::Unknown(Unknown::Reference(name), place(start..end)));
        from = end;
    }
    parts.push(Part::Known { text: text[from..].into(), at: place(from..text.len()) });
    parts
}

/// Returns `true` if a text has a dynamic reference.
pub(super) fn has_dynamic(text: &str) -> bool {
    text.contains(DYNAMIC)
}
