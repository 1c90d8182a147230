//! The value tree: values that know where they were written, and what is unknown of them.

mod node;
mod text;

pub use node::{Array, BLOCKS, DATA, Dialect, Entry, More, Node, NodeKind, Object, Unknown};
pub use text::{HOLE, Mapped, Part, Text};
