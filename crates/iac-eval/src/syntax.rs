//! Parsers that turn text into trees with places. They never fail: each one reports a [`SyntaxError`] for what it
//! cannot read, and continues.

mod error;
pub mod hcl;
pub mod json;
pub mod toml;
pub mod yaml;

pub use error::{Label, SyntaxError, SyntaxErrorKind};
