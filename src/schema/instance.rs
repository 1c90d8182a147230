//! Converts nodes to JSON values for the validator, and resolves its pointers back to nodes.

use serde_json::{Map, Number, Value};

use crate::value::{Entry, Node, NodeKind};

/// The JSON value of a node. Unknown values and missing list items become `null`; missing members are omitted.
pub(super) fn instance(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Unknown(_) => Value::Null,
        NodeKind::Bool(value) => Value::Bool(*value),
        NodeKind::Number(text) => number(text),
        NodeKind::String(_) | NodeKind::Text(_) => node.as_str().map_or(Value::Null, Value::from),
        NodeKind::Array(array) => array.items.iter().map(instance).collect(),
        NodeKind::Object(object) => {
            let there = object.entries.iter().filter(|entry| !entry.value.is_missing());
            let members = there.map(|entry| (entry.key.to_string(), instance(&entry.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().ok().map(Number::from);
    let number = whole.or_else(|| Number::from_f64(text.parse().ok()?));
    number.map_or(Value::Null, Value::Number)
}

/// A step of a JSON pointer.
pub(super) enum Step<'n> {
    /// To a member.
    Member(&'n Entry),
    /// To an item.
    Item(usize),
}

/// The target of one step of a JSON pointer.
pub(super) fn follow<'n>(node: &'n Node, step: &str) -> Option<(Step<'n>, &'n Node)> {
    match &node.kind {
        NodeKind::Array(array) => {
            let index = step.parse().ok()?;
            Some((Step::Item(index), array.items.get(index)?))
        }
        _ => {
            let entry = node.entry(&step.replace("~1", "/").replace("~0", "~"))?;
            Some((Step::Member(entry), &entry.value))
        }
    }
}

/// Returns `true` if Terraform converts the value to the expected type, or may do so.
pub(super) fn converts(node: &Node, wanted: &str) -> bool {
    let text = node.as_str();
    match (wanted, &node.kind) {
        ("string", kind) => matches!(kind, NodeKind::Number(_) | NodeKind::Bool(_)),
        ("integer" | "number", NodeKind::String(_) | NodeKind::Text(_)) => {
            text.is_some_and(|text| text.trim().parse::<f64>().is_ok())
        }
        ("boolean", NodeKind::String(_) | NodeKind::Text(_)) => {
            text.is_some_and(|text| matches!(text, "true" | "false" | "1" | "0"))
        }
        // A value that is not a list of blocks was written in a form that Terraform accepts but the mapping does not
        // cover.
        ("array" | "object", kind) => matches!(kind, NodeKind::Array(_) | NodeKind::Object(_)),
        _ => false,
    }
}
