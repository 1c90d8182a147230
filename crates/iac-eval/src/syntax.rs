//! Text to trees with places. Nothing here fails: what cannot be read is a [`SyntaxError`], and the rest goes on.

mod error;
pub mod hcl;
pub mod json;
pub mod toml;
pub mod yaml;

pub use error::{Label, SyntaxError, SyntaxErrorKind};
