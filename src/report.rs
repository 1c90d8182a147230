//! Formats findings as text, one module per format.

#[cfg(feature = "cli")]
pub mod checkstyle;
pub mod concise;
pub mod escaped;
pub mod github;
pub mod gitlab;
#[cfg(feature = "cli")]
pub mod human;
pub mod json;
#[cfg(feature = "cli")]
pub mod junit;
pub mod obeyed;
pub mod plain;
pub mod rdjson;
mod region;
pub mod sarif;
pub mod style;
pub(crate) mod uri;
#[cfg(feature = "cli")]
mod xml;
