//! Findings to text, one file a format.

pub mod checkstyle;
pub mod concise;
pub(crate) mod escaped;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod plain;
pub mod rdjson;
mod region;
pub mod sarif;
mod uri;
mod xml;
