//! What is known about a value that is one of several known ones.

use crate::source::Span;
use crate::terraform::operator;
use crate::value::{Entry, More, Node, NodeKind, Object};

/// What several values have in common: the value if all are equal, or an object with the members that are equal in all of them. `None`
/// if there is nothing. Everything else about the value stays unknown.
pub(super) fn of(values: &[&Node], at: Span) -> Option<Node> {
    let (first, rest) = values.split_first()?;
    if rest.iter().all(|other| operator::equal(first, other) == Some(true)) {
        return Some((*first).clone().used_at(at));
    }
    let written = first.as_object()?;
    let member = |entry: &Entry| {
        let all: Option<Vec<&Node>> = values.iter().map(|value| value.get(&entry.key)).collect();
        let value = of(&all?, at)?;
        Some(Entry { value, ..entry.clone() })
    };
    let entries: Vec<Entry> = written.entries.iter().filter_map(member).collect();
    let object = Object { entries, more: More::Maybe, dialect: written.dialect };
    (!object.entries.is_empty()).then(|| Node::new(NodeKind::Object(object.into()), at))
}
