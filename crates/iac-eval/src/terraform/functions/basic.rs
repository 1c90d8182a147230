//! JSON, type conversion, and access to members of collections.

use crate::source::Span;
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::{is_attribute, json, list, string};
use crate::terraform::rejection::rejected;
use crate::terraform::{collection, conversion, operator};
use crate::value::{Entry, More, Node, NodeKind};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let at = call.at;
    match (call.name, call.args) {
        ("jsonencode", [value]) => Some(json::encoded(value, at)),
        ("jsondecode", [text]) => jsondecode(call, text),
        ("tolist" | "tomap", [value]) => Some(conversion::of_one_type(value)),
        ("sensitive" | "nonsensitive" | "ephemeralasnull", [value]) => Some(value.clone()),
        ("tostring", [value]) => string::tostring(value),
        ("tobool", [value]) => tobool(value),
        ("toset", [value]) => Some(list::toset(&conversion::of_one_type(value))),
        ("tonumber", [value]) => tonumber(call, value),
        ("list", items) => Some(Node::array(items.to_vec(), at)),
        ("map", items) => pairs(items, at),
        ("element", [value, index]) => element(call, value, index),
        ("lookup", [object, key, rest @ ..]) => lookup(object, key, rest.first(), at),
        _ => None,
    }
}

/// `jsondecode(text)`, which fails if a strict parser would.
fn jsondecode(call: &FunctionCall, text: &Node) -> Option<Node> {
    let parsed = call.parsed(text)?;
    if parsed.errors.iter().any(SyntaxError::is_limit) {
        return call.too_large();
    }
    let error = parsed.errors.iter().find(|error| error.kind != SyntaxErrorKind::Ignored);
    let holes = call.mapped(text).is_none_or(|text| text.has_hole(0..text.text.len()));
    match error {
        Some(_) if holes => None,
        Some(error) => {
            Some(call.reject(format!("`jsondecode` cannot parse this string: {}", error.message), call.at))
        }
        None => parsed.root,
    }
}

/// `tonumber(value)`.
fn tonumber(call: &FunctionCall, value: &Node) -> Option<Node> {
    if matches!(value.kind, NodeKind::Null) {
        return Some(value.clone());
    }
    match (operator::number(value), value.as_str()) {
        (Some(number), _) => operator::number_node(number, value.at),
        (None, Some(text)) => {
            Some(call.reject(format!("`tonumber` cannot convert `{text}` to a number"), call.at))
        }
        (None, None) => None,
    }
}

/// `element(list, index)`, whose index wraps around. In a list of unknown length, the only known item can represent any
/// item.
fn element(call: &FunctionCall, value: &Node, index: &Node) -> Option<Node> {
    let array = value.as_array()?;
    match (operator::whole(index), array.more, array.items.as_slice()) {
        (_, More::No, []) => Some(call.reject("cannot use `element` with an empty list", call.at)),
        (Some(index), More::No, items) => {
            let item = items.get(usize::try_from(index).ok()? % items.len())?;
            Some(item.clone().used_at(call.at))
        }
        (_, More::Maybe, [only]) if is_attribute(only) => Some(only.clone()),
        _ => None,
    }
}

/// `lookup(object, key, default)`.
fn lookup(object: &Node, key: &Node, default: Option<&Node>, at: Span) -> Option<Node> {
    let members = object.as_object()?;
    let key = collection::key(key)?;
    match (object.get(&key), members.more) {
        (Some(value), _) => Some(value.clone().used_at(at)),
        (None, More::No) if default.is_none() => {
            Some(rejected(format!("`lookup` failed to find the key `{key}`"), at))
        }
        (None, More::No) => default.cloned(),
        (None, More::Maybe) => None,
    }
}

/// `map(key, value, …)`, the legacy function.
fn pairs(items: &[Node], at: Span) -> Option<Node> {
    let pair = |pair: &[Node]| match pair {
        [key, value] => Some(Entry::new(collection::key(key)?, key.at, value.clone())),
        _ => None,
    };
    Some(Node::object(items.chunks(2).map(pair).collect::<Option<_>>()?, at))
}

/// Converts a value to a boolean; an unknown value stays unknown.
fn tobool(value: &Node) -> Option<Node> {
    match value.kind {
        NodeKind::Null | NodeKind::Unknown(_) => Some(value.clone()),
        _ => Some(Node { kind: NodeKind::Bool(operator::truth(value)?), ..value.clone() }),
    }
}
