//! Merges what a file sets with what a file sets that it includes.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::source::Span;
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

/// How an included file is merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// It is not: only its values can be used.
    Nothing,
    /// A member of the including file replaces that of the included one.
    Shallow,
    /// Objects are merged, too, and lists are appended.
    Deep,
    /// Objects are merged, too, and two lists are not known.
    DeepObjects,
    /// The strategy is unknown.
    Unknown,
}

/// The members of two objects, of which the second one takes precedence.
pub(super) fn merged(strategy: Strategy, parent: &Node, child: &Node) -> Node {
    match (&parent.kind, &child.kind) {
        (NodeKind::Object(parent), NodeKind::Object(own)) => {
            let kind = NodeKind::Object(objects(strategy, parent, own).into());
            Node { kind, ..child.clone() }
        }
        _ => open_at(child.at),
    }
}

/// An object of which nothing is known.
pub(super) fn open_at(at: Span) -> Node {
    let object = Object { more: More::Maybe, ..Object::default() };
    Node::new(NodeKind::Object(object.into()), at)
}

fn objects(strategy: Strategy, parent: &Object, child: &Object) -> Object {
    let is_closed = child.more == More::No && strategy != Strategy::Unknown;
    let own: FxHashMap<&str, &Entry> =
        child.entries.iter().map(|entry| (entry.key.as_str(), entry)).collect();
    let above = parent.entries.iter().filter_map(|entry| match own.get(entry.key.as_str()) {
        None => is_closed.then(|| entry.clone()),
        Some(own) if matches!(strategy, Strategy::Deep | Strategy::DeepObjects) => {
            Some(Entry { value: deep(strategy, &entry.value, &own.value), ..Entry::clone(own) })
        }
        Some(_) => None,
    });
    let mut all = Object { more: if is_closed { parent.more } else { More::Maybe }, ..Object::default() };
    all.entries.extend(above);
    let merged: FxHashSet<SmolStr> = all.entries.iter().map(|entry| entry.key.clone()).collect();
    all.entries.extend(child.entries.iter().filter(|entry| !merged.contains(&entry.key)).cloned());
    all
}

/// Two values with the same key. An empty value does not replace one that is not.
fn deep(strategy: Strategy, parent: &Node, child: &Node) -> Node {
    match (&parent.kind, &child.kind) {
        (NodeKind::Object(above), NodeKind::Object(own)) => {
            let kind = NodeKind::Object(objects(strategy, above, own).into());
            Node { kind, ..child.clone() }
        }
        (NodeKind::Array(above), NodeKind::Array(own)) if strategy == Strategy::Deep => {
            let items = above.items.iter().chain(&own.items).cloned().collect();
            let more = if above.more == More::No { own.more } else { More::Maybe };
            Node { kind: NodeKind::Array(Array { items, more }.into()), ..child.clone() }
        }
        _ if is_scalar(parent) && is_scalar(child) && !is_empty(child) => child.clone(),
        _ => Node::unknown(Unknown::Expression("a merged value".into()), child.at),
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.kind, NodeKind::Array(_) | NodeKind::Object(_) | NodeKind::Unknown(_))
}

fn is_empty(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Null | NodeKind::Bool(false) => true,
        NodeKind::Number(text) => text == "0",
        _ => node.as_str() == Some(""),
    }
}
