//! Values of expressions that Terraform rejects.

use smol_str::SmolStr;

use crate::source::Span;
use crate::value::{Node, NodeKind, Unknown};

/// The message for an index that a collection does not have.
pub(super) const NO_ELEMENT: &str = "the given key does not identify an element in this collection value";

/// The value of an expression that Terraform rejects, for `try` and `can`. It is not reported where the evaluator does
/// not track every detail that leads to it, such as the type of a variable.
pub(super) fn rejected(message: impl Into<SmolStr>, at: Span) -> Node {
    Node::unknown(Unknown::Rejected(message.into()), at)
}

/// The maximum depth of the search for a rejected value.
const MAX_DEPTH: usize = 8;

/// Finds a rejected value in a value; `None` if Terraform accepts all of it, as far as it is known.
pub(super) fn find_rejected(node: &Node) -> Option<&Node> {
    within(node, MAX_DEPTH)
}

fn within(node: &Node, depth: usize) -> Option<&Node> {
    match &node.kind {
        NodeKind::Unknown(Unknown::Rejected(_)) => Some(node),
        NodeKind::Array(array) if depth > 0 => array.items.iter().find_map(|item| within(item, depth - 1)),
        NodeKind::Object(object) if depth > 0 => {
            object.entries.iter().find_map(|entry| within(&entry.value, depth - 1))
        }
        _ => None,
    }
}
