//! Operations on lists and objects.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::source::Span;
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

/// The maximum number of items in a list, or of parts in a string. Locals that double each other would otherwise grow
/// exponentially.
pub(super) const MAX_ITEMS: usize = 10_000;

/// A value as an object key; `None` if it cannot be one.
pub(super) fn key(node: &Node) -> Option<SmolStr> {
    match &node.kind {
        NodeKind::Number(text) => Some(text.clone()),
        NodeKind::Bool(value) => Some(if *value { "true".into() } else { "false".into() }),
        _ => node.as_str().map(SmolStr::from),
    }
}

/// The known keys and values of a collection, and whether there may be more. Objects are in the order of their keys, as
/// in Terraform.
pub(super) fn members(list: &Node) -> Option<(Vec<(Node, Node)>, More)> {
    let (found, more): (Vec<(Node, Node)>, More) = match &list.kind {
        NodeKind::Array(array) => {
            let member = |(index, item): (usize, &Node)| {
                (Node::new(NodeKind::Number(smol_str::format_smolstr!("{index}")), item.at), item.clone())
            };
            (array.items.iter().enumerate().map(member).collect(), array.more)
        }
        NodeKind::Object(object) => {
            let mut entries: Vec<&Entry> = object.entries.iter().collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            let member = |entry: &Entry| (Node::string(entry.key.clone(), entry.key_at), entry.value.clone());
            (entries.into_iter().map(member).collect(), object.more)
        }
        _ => return None,
    };
    (found.len() <= MAX_ITEMS).then_some((found, more))
}

/// The keys and values of a collection; `None` unless it is fully known.
pub(super) fn known_members(list: &Node) -> Option<Vec<(Node, Node)>> {
    members(list).filter(|(_, more)| *more == More::No).map(|(members, _)| members)
}

/// Concatenates lists. The result is open if an argument is not a known list.
pub(super) fn concat(lists: &[Node], at: Span) -> Option<Node> {
    let mut all = Array::default();
    for list in lists {
        match &list.kind {
            NodeKind::Array(array) => {
                all.items.extend(array.items.iter().cloned());
                if array.more == More::Maybe {
                    all.more = More::Maybe;
                }
            }
            _ => all.more = More::Maybe,
        }
    }
    (all.items.len() <= MAX_ITEMS).then(|| Node::new(NodeKind::Array(all.into()), at))
}

/// Merges objects. The last member with a key wins, and an unknown object may override any member before it.
pub(super) fn merge(objects: &[Node], at: Span) -> Option<Node> {
    let mut all = Object::default();
    for object in objects {
        match &object.kind {
            NodeKind::Object(object) => {
                let later: FxHashSet<&str> = object.entries.iter().map(|entry| entry.key.as_str()).collect();
                all.entries.retain(|entry| !later.contains(entry.key.as_str()));
                if object.more == More::Maybe {
                    all = Object { more: More::Maybe, ..Object::default() };
                }
                all.entries.extend(object.entries.iter().cloned());
            }
            NodeKind::Null => {}
            _ => all = Object { more: More::Maybe, ..Object::default() },
        }
    }
    (all.entries.len() <= MAX_ITEMS).then(|| Node::new(NodeKind::Object(all.into()), at))
}

/// Flattens nested lists of any depth into one list.
pub(super) fn flatten(list: &Node, at: Span) -> Option<Node> {
    let mut all = Array::default();
    flatten_into(list, &mut all)?;
    Some(Node::new(NodeKind::Array(all.into()), at))
}

fn flatten_into(node: &Node, all: &mut Array) -> Option<()> {
    match &node.kind {
        NodeKind::Array(array) => {
            if array.more == More::Maybe {
                all.more = More::Maybe;
            }
            array.items.iter().try_for_each(|item| flatten_into(item, all))
        }
        // An instance of a resource is an object, even if its attributes are unknown.
        NodeKind::Unknown(Unknown::Attribute { of, attribute })
            if attribute.is_empty() && of.key.is_some() =>
        {
            all.items.push(node.clone());
            (all.items.len() <= MAX_ITEMS).then_some(())
        }
        NodeKind::Unknown(_) => {
            all.more = More::Maybe;
            Some(())
        }
        _ => {
            all.items.push(node.clone());
            (all.items.len() <= MAX_ITEMS).then_some(())
        }
    }
}

/// The number of items; `None` if there may be more.
pub(super) fn length(value: &Node) -> Option<usize> {
    match &value.kind {
        NodeKind::Array(array) if array.more == More::No => Some(array.items.len()),
        NodeKind::Object(object) if object.more == More::No => {
            let mut keys: Vec<&str> = object.entries.iter().map(|entry| entry.key.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            Some(keys.len())
        }
        _ => Some(value.as_str()?.graphemes(true).count()),
    }
}
