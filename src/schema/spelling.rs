//! Keys in the spelling of another language: `ContainerPort` and `container_port` for `containerPort`.

use crate::schema::Shape;
use crate::value::{Array, Entry, Node, NodeKind, Object};

/// The node with its keys in the API's spelling; each member keeps the key as written. Keys that the API does not have
/// under any spelling stay as they are.
pub(crate) fn respelled(node: Node, shape: Shape) -> Node {
    if is_right(&node, shape) { node } else { spelled_right(&node, shape) }
}

fn is_right(node: &Node, shape: Shape) -> bool {
    match &node.kind {
        NodeKind::Array(array) => {
            shape.item().is_none_or(|shape| array.items.iter().all(|item| is_right(item, shape)))
        }
        NodeKind::Object(object) => object.entries.iter().all(|entry| match shape.known(&entry.key) {
            Some((_, member)) => is_right(&entry.value, member),
            None => api_key(object, entry, shape).is_none(),
        }),
        _ => true,
    }
}

fn spelled_right(node: &Node, shape: Shape) -> Node {
    let kind = match (&node.kind, shape.item()) {
        (NodeKind::Array(array), Some(shape)) => {
            let items = array.items.iter().map(|item| spelled_right(item, shape)).collect();
            NodeKind::Array(Array { items, more: array.more }.into())
        }
        (NodeKind::Object(object), _) => {
            let entries = object.entries.iter().map(|entry| entry_right(object, entry, shape)).collect();
            NodeKind::Object(Object { entries, ..**object }.into())
        }
        (kind, _) => kind.clone(),
    };
    Node { kind, ..node.clone() }
}

fn entry_right(object: &Object, entry: &Entry, shape: Shape) -> Entry {
    let mut right = entry.clone();
    if let Some(key) = api_key(object, entry, shape) {
        right.key = key.into();
    }
    if let Some((_, member)) = shape.known(&right.key) {
        right.value = spelled_right(&right.value, member);
    }
    right
}

/// The API's spelling of a key that is spelled differently; `None` if the object also has the correct key.
fn api_key(object: &Object, entry: &Entry, shape: Shape) -> Option<&'static str> {
    if object.dialect.has_blocks || shape.known(&entry.key).is_some() {
        return None;
    }
    let (key, _) = shape.members().find(|(key, _)| same(key, &entry.key))?;
    object.entries.iter().all(|other| other.key != key).then_some(key)
}

/// Returns `true` if two keys differ only in how their words are separated.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|letter| !matches!(letter, '_' | '-'));
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    letters(a) == letters(b)
}

fn is_spelled_right(object: &Object, entry: &Entry) -> bool {
    entry.written == entry.key && !object.dialect.is_strict
        || object.dialect.is_strict && (object.dialect.name_of)(&entry.key) == entry.written
}

/// Calls `tell` for every member that is spelled differently, with its object.
pub(super) fn misspelled(node: &Node, shape: Shape, tell: &mut dyn FnMut(&Node, &Entry)) {
    for item in node.as_array().map_or(&[][..], |array| &array.items) {
        if let Some(shape) = shape.item() {
            misspelled(item, shape, tell);
        }
    }
    let Some(object) = node.as_object() else { return };
    for entry in &object.entries {
        let Some((_, member)) = shape.known(&entry.key) else { continue };
        if !object.dialect.has_blocks && !is_spelled_right(object, entry) {
            tell(node, entry);
        }
        misspelled(&entry.value, member, tell);
    }
}
