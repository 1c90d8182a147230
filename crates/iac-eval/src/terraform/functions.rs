//! Terraform's functions. One that is not here, or whose arguments are not known, gives an unknown value.
//!
//! The value of these follows from their arguments alone. The others (`try`, `can`, templates, files) are part of
//! `evaluation`.

use crate::value::{Array, More, Node, NodeKind, Unknown};

mod basic;
mod call;
mod encoding;
mod json;
mod list;
mod network;
mod number;
mod pattern;
mod set;
mod string;
mod time;
mod verb;

pub(super) use call::{FunctionCall, Rejection};
pub(super) use encoding::hash;
pub use json::parse_json;
pub(super) use json::{encoded, inside};
pub(super) use list::toset;
pub(super) use string::string;

/// A family of functions: the value of a call, if it is of one of them and its arguments are known.
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

/// The value of a function that follows from its arguments alone.
pub(super) fn value(call: &FunctionCall) -> Option<Node> {
    FAMILIES.iter().find_map(|family| family(call))
}

/// Whether the value is an attribute of a resource that is declared here: there for certain, though not known.
pub(super) fn is_attribute(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Unknown(Unknown::Attribute { .. }))
}

/// A list that is known in full.
fn closed(node: &Node) -> Option<&Array> {
    node.as_array().filter(|array| array.more == More::No)
}
