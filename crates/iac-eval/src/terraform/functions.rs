//! Terraform's built-in functions. An unsupported function, or a call with unknown arguments, returns an unknown value.
//!
//! The value of these functions depends only on their arguments. The others (`try`, `can`, templates, files) are part
//! of `evaluation`.

use crate::value::{Array, More, Node, NodeKind, Unknown};

mod basic;
mod call;
mod encoding;
mod inserted;
mod json;
mod list;
mod network;
mod number;
mod pattern;
mod patterns;
mod set;
mod string;
mod time;
mod verb;

pub(super) use call::{FunctionCall, Rejection};
pub(super) use encoding::hash;
pub use json::parse_json;
pub(super) use json::{encoded, inside};
pub(super) use list::toset;
pub(super) use patterns::Patterns;
pub(super) use string::string;

/// A family of functions. Returns the value of a call, or `None` if the function is not in the family or its arguments
/// are unknown.
type Family = fn(&FunctionCall) -> Option<Node>;

const FAMILIES: &[Family] = &[
    basic::function,
    list::function,
    string::function,
    number::function,
    network::function,
    encoding::function,
    time::function,
];

/// Evaluates a function whose value depends only on its arguments.
pub(super) fn value(call: &FunctionCall) -> Option<Node> {
    FAMILIES.iter().find_map(|family| family(call))
}

/// Returns `true` if the value is an attribute of a resource declared here: it certainly exists, although it is
/// unknown.
pub(super) fn is_attribute(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Unknown(Unknown::Attribute { .. }))
}

/// The list; `None` unless it is fully known.
fn closed(node: &Node) -> Option<&Array> {
    node.as_array().filter(|array| array.more == More::No)
}
