//! The value tree: values with the place where they were written, and with their unknown parts.

mod dialect;
mod json;
mod mapped;
mod node;
mod places;
mod relocate;
mod replace;
mod secret;
mod text;
mod unknown;

pub use dialect::{BLOCKS, DATA, Dialect};
pub use mapped::{HOLE, MAX_BYTES, Mapped};
pub use node::{Array, Entry, More, Node, NodeKind, Object};
pub use relocate::Relocation;
pub use secret::Secret;
pub use text::{Part, Text};
pub use unknown::Unknown;
