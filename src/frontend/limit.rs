//! The size limit of a request. Rules compare the items of a request with each other, so a hundred thousand items would
//! take hours; AWS accepts only far smaller requests.

use crate::address::Address;
use crate::resource::{Resource, Unit};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::value::{Array, Entry, More, Node, NodeKind, Object};

/// The maximum number of values in a request, and of members of one object.
const MAX_VALUES: usize = 10_000;
const MAX_MEMBERS: usize = 2_000;

/// The maximum number of values in all requests of a unit: many resources may read one file.
const MAX_UNIT_VALUES: usize = 200_000;

/// The number of items of each list and object that are kept in a larger request.
const KEPT_ITEMS: usize = 50;

/// Truncates and reports requests that are larger than any that AWS accepts, and the resources of a unit that has too many values.
pub(super) fn limit(unit: &mut Unit) {
    let is_large = |resource: &&mut Resource| left(&resource.request, MAX_VALUES).is_none();
    for resource in unit.resources.iter_mut().filter(is_large) {
        resource.request = cut(&resource.request, &mut unit.truncated);
        let message = format!(
            "this resource has more than {MAX_VALUES} values, or an object with more than {MAX_MEMBERS} members; only the first \
             {KEPT_ITEMS} of each list and object are checked"
        );
        unit.syntax_errors.push(SyntaxError::limit(resource.header, message));
    }
    let mut rest = MAX_UNIT_VALUES;
    let kept = unit.resources.iter().take_while(|resource| {
        let after = left(&resource.request, rest);
        rest = after.unwrap_or(0);
        after.is_some()
    });
    let kept = kept.count();
    if let Some(first) = unit.resources.get(kept) {
        let message = format!(
            "the resources up to here have {MAX_UNIT_VALUES} values; this one and the later ones are not checked"
        );
        unit.syntax_errors.push(SyntaxError::limit(first.header, message));
        unit.resources.truncate(kept);
        mark_incomplete(unit);
    }
}

/// The number of values in the requests of a unit.
pub(super) fn values(unit: &Unit) -> usize {
    fn count(node: &Node) -> usize {
        1 + match &node.kind {
            NodeKind::Array(array) => array.items.iter().map(count).sum(),
            NodeKind::Object(object) => object.entries.iter().map(|entry| count(&entry.value)).sum(),
            _ => 0,
        }
    }
    unit.resources.iter().map(|resource| count(&resource.request)).sum()
}

/// Records that a part of a unit was not read: its resources may be used in ways that are not visible.
pub(super) fn mark_incomplete(unit: &mut Unit) {
    let addresses = unit.resources.iter().filter_map(|resource| resource.address.as_deref());
    let blocks: Vec<Address> = addresses.map(Address::block).collect();
    unit.opaque_refs.extend(blocks);
    unit.is_complete = false;
}

/// The remainder of `most` after the values of a node are counted; `None` if there are more.
fn left(node: &Node, most: usize) -> Option<usize> {
    let most = most.checked_sub(1)?;
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().try_fold(most, |most, item| left(item, most)),
        NodeKind::Object(object) if object.entries.len() > MAX_MEMBERS => None,
        NodeKind::Object(object) => {
            object.entries.iter().try_fold(most, |most, entry| left(&entry.value, most))
        }
        _ => Some(most),
    }
}

/// Truncates the items and members of a node, recursively. The omitted ones are unknown.
fn cut(node: &Node, left_out: &mut Vec<Span>) -> Node {
    let more = |many: usize, more: More| if many > KEPT_ITEMS { More::Maybe } else { more };
    let kind = match &node.kind {
        NodeKind::Array(array) => {
            left_out.extend(array.items.iter().skip(KEPT_ITEMS).map(|item| item.at));
            let items = array.items.iter().take(KEPT_ITEMS).map(|item| cut(item, left_out)).collect();
            NodeKind::Array(Array { items, more: more(array.items.len(), array.more) }.into())
        }
        NodeKind::Object(object) => {
            left_out.extend(object.entries.iter().skip(KEPT_ITEMS).map(|entry| entry.value.at));
            let first = object.entries.iter().take(KEPT_ITEMS);
            let whole = |entry: &Entry| Entry { value: cut(&entry.value, left_out), ..entry.clone() };
            let entries = first.map(whole).collect();
            let more = more(object.entries.len(), object.more);
            NodeKind::Object(Object { entries, more, dialect: object.dialect }.into())
        }
        kind => kind.clone(),
    };
    Node { kind, ..node.clone() }
}
