//! Functions on strings. Parts of a string keep their places.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::source::Span;
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::{closed, encoding, pattern, verb};
use crate::terraform::{collection, operator};
use crate::value::{Mapped, Node, NodeKind, Part, Text};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    let made = |text: String| Some(Node::string(text, at));
    match (name, args) {
        ("lower", [text]) => letters(call, text, str::to_lowercase),
        ("upper", [text]) => letters(call, text, upper),
        ("title", [text]) => made(title(&string(text)?)),
        ("strrev", [text]) => made(string(text)?.graphemes(true).rev().collect()),
        ("indent", [spaces, text]) => made(indented(operator::whole(spaces)?, &string(text)?)),
        ("trimspace" | "chomp" | "trim" | "trimprefix" | "trimsuffix", [text, rest @ ..]) => {
            let set = rest.first().map(string);
            trimmed(name, &call.mapped(text)?, set.unwrap_or_default().as_deref())
        }
        ("startswith", [text, prefix]) => flag(string(text)?.starts_with(&string(prefix)?), at),
        ("endswith", [text, suffix]) => flag(string(text)?.ends_with(&string(suffix)?), at),
        ("strcontains", [text, part]) => flag(string(text)?.contains(&string(part)?), at),
        ("replace", [text, from, to]) => {
            let map = call.mapped(text)?;
            let parts = pattern::replaced(call, &map, &string(from)?, &string(to)?, at)?;
            Some(Node::new(NodeKind::Text(Text::new(parts).into()), map.span(0..map.text.len())).used_at(at))
        }
        ("substr", [text, from, length]) => substring(&call.mapped(text)?, from, length),
        ("split", [separator, text]) => split(call, &string(separator)?, &call.mapped(text)?),
        ("join", [separator, lists @ ..]) => join(call, &string(separator)?, lists),
        ("format", [template, values @ ..]) => verb::format(call, &string(template)?, values, at),
        ("formatlist", [template, values @ ..]) => verb::formatlist(call, &string(template)?, values, at),
        ("basename", [path]) => made(basename(&string(path)?)),
        ("dirname", [path]) => made(dirname(&string(path)?)),
        _ => pattern::function(call),
    }
}

/// Converts a value to a string as Terraform does.
pub(in crate::terraform) fn string(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Text(text) if text.known().is_none() => encoding::json(text.json()?),
        NodeKind::Number(_) => collection::key(&operator::number_node(operator::number(node)?, node.at)?)
            .map(|text| text.to_string()),
        _ => collection::key(node).map(|text| text.to_string()),
    }
}

/// A substring, with its place.
pub(super) fn piece(map: &Mapped, range: Range<usize>) -> Node {
    let at = map.span(range.clone());
    if range.is_empty() {
        Node::string("", at)
    } else {
        Node::new(NodeKind::Text(Text::new(map.slice(range)).into()), at)
    }
}

fn flag(value: bool, at: Span) -> Option<Node> {
    Some(Node::new(NodeKind::Bool(value), at))
}

/// Applies `change` to each known part of a string.
fn letters(call: &FunctionCall, text: &Node, change: fn(&str) -> String) -> Option<Node> {
    let map = call.mapped(text)?;
    let part = |part: Part| match part {
        Part::Known { text, at } => Part::Known { text: change(&text).into(), at },
        other => other,
    };
    let parts = map.slice(0..map.text.len()).into_iter().map(part).collect();
    Some(Node { kind: NodeKind::Text(Text::new(parts).into()), ..text.clone() })
}

/// The last component of a path.
fn basename(path: &str) -> String {
    let trimmed = path.trim_end_matches('/');
    match (path.is_empty(), trimmed.rsplit('/').next()) {
        (true, _) => ".".to_owned(),
        (false, Some(last)) if !last.is_empty() => last.to_owned(),
        (false, _) => "/".to_owned(),
    }
}

/// A path without its last component, in its shortest form.
fn dirname(path: &str) -> String {
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(&last)) if last != ".." => _ = parts.pop(),
            ("..", None) if path.starts_with('/') => {}
            _ => parts.push(part),
        }
    }
    match (path.starts_with('/'), parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

/// Converts a value to a string; an unknown value stays unknown.
pub(super) fn tostring(value: &Node) -> Option<Node> {
    let kind = match &value.kind {
        NodeKind::Number(_) => match operator::number_node(operator::number(value)?, value.at)?.kind {
            NodeKind::Number(text) => NodeKind::String(text),
            _ => return None,
        },
        NodeKind::Bool(_) => NodeKind::String(collection::key(value)?),
        NodeKind::Array(_) | NodeKind::Object(_) => return None,
        kind => kind.clone(),
    };
    Some(Node { kind, ..value.clone() })
}

/// Converts to upper case, character by character. A character whose upper case is two characters is unchanged.
fn upper(text: &str) -> String {
    let letter = |c: char| {
        let mut capital = c.to_uppercase();
        match (capital.next(), capital.next()) {
            (Some(capital), None) => capital,
            _ => c,
        }
    };
    text.chars().map(letter).collect()
}

fn title(text: &str) -> String {
    let mut begins = true;
    let letter = |c: char| {
        let shown: String = if begins { c.to_uppercase().collect() } else { c.to_string() };
        begins = !c.is_alphanumeric() && c != '_';
        shown
    };
    text.chars().map(letter).collect()
}

/// Indents all lines but the first by that many spaces.
fn indented(spaces: i64, text: &str) -> String {
    let indent = " ".repeat(usize::try_from(spaces).unwrap_or(0).min(1_000));
    text.replace('\n', &format!("\n{indent}"))
}

/// Trims a string; `None` if a trimmed end is unknown.
fn trimmed(name: &str, map: &Mapped, set: Option<&str>) -> Option<Node> {
    let text = &*map.text;
    let rest = match (name, set) {
        ("trimspace", None) => text.trim(),
        ("chomp", None) => text.trim_end_matches(['\n', '\r']),
        ("trim", Some(set)) => text.trim_matches(|letter| set.contains(letter)),
        ("trimprefix", Some(prefix)) => text.strip_prefix(prefix).unwrap_or(text),
        ("trimsuffix", Some(suffix)) => text.strip_suffix(suffix).unwrap_or(text),
        _ => return None,
    };
    let start = match name {
        "trimspace" => text.len() - text.trim_start().len(),
        "trim" => text.len() - text.trim_start_matches(|letter| set.unwrap_or("").contains(letter)).len(),
        "trimprefix" => text.len() - rest.len(),
        _ => 0,
    };
    Some(piece(map, start..start + rest.len()))
}

/// `substr`, which counts grapheme clusters.
fn substring(map: &Mapped, from: &Node, length: &Node) -> Option<Node> {
    let (from, length) = (operator::whole(from)?, operator::whole(length)?);
    let starts: Vec<usize> = map.text.grapheme_indices(true).map(|(start, _)| start).collect();
    let from = match usize::try_from(from) {
        Ok(from) => from.min(starts.len()),
        Err(_) => starts.len().saturating_sub(usize::try_from(from.unsigned_abs()).ok()?),
    };
    let end = usize::try_from(length).map_or(starts.len(), |length| from.saturating_add(length));
    let offset = |index: usize| starts.get(index).copied().unwrap_or(map.text.len());
    Some(piece(map, offset(from)..offset(end)))
}

/// Splits a string at a separator. An unknown part may contain separators itself.
fn split(call: &FunctionCall, separator: &str, map: &Mapped) -> Option<Node> {
    if map.has_hole(0..map.text.len()) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    let separators: Vec<(usize, usize)> = match separator {
        "" => map.text.char_indices().skip(1).map(|(start, _)| (start, 0)).collect(),
        _ => map.text.match_indices(separator).map(|(start, found)| (start, found.len())).collect(),
    };
    for (start, length) in separators {
        pieces.push(piece(map, from..start));
        from = start + length;
    }
    if !(separator.is_empty() && map.text.is_empty()) {
        pieces.push(piece(map, from..map.text.len()));
    }
    call.at_most(pieces.len())?;
    Some(Node::array(pieces, call.at))
}

/// `join`: a string made of parts, so that JSON keeps its structure and places.
fn join(call: &FunctionCall, separator: &str, lists: &[Node]) -> Option<Node> {
    let mut parts: Vec<Part> = Vec::new();
    let items = lists.iter().map(closed).collect::<Option<Vec<_>>>()?;
    for (index, item) in items.into_iter().flat_map(|array| &array.items).enumerate() {
        if index > 0 && !separator.is_empty() {
            parts.push(Part::Known { text: separator.into(), at: call.at });
        }
        add(item, &mut parts)?;
        call.at_most(parts.len())?;
    }
    Some(Node::new(NodeKind::Text(Text::new(parts).into()), call.at))
}

/// Appends a value to the parts of a string.
pub(super) fn add(item: &Node, parts: &mut Vec<Part>) -> Option<()> {
    match &item.kind {
        NodeKind::Text(text) => parts.extend(text.parts.iter().cloned()),
        NodeKind::Unknown(why) => parts.push(Part::Unknown(why.clone(), item.at)),
        NodeKind::String(text) => parts.push(Part::Known { text: text.clone(), at: item.at }),
        _ => parts.push(Part::Known { text: string(item)?.into(), at: item.at }),
    }
    Some(())
}
