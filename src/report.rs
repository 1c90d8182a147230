//! Findings to text, one file a format.

pub mod plain;
