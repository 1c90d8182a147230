//! The value tree: values that know where they were written, and what is unknown of them.

mod dialect;
mod json;
mod mapped;
mod node;
mod text;
mod unknown;

pub use dialect::{BLOCKS, DATA, Dialect};
pub use mapped::{HOLE, Mapped};
pub use node::{Array, Entry, More, Node, NodeKind, Object};
pub use text::{Part, Text};
pub use unknown::Unknown;
