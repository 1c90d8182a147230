//! Findings to text, one file a format.

pub mod concise;
pub mod human;
pub mod json;
pub mod plain;
pub mod request;
