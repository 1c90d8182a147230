//! The engine of ecslint for a browser. Answers are JSON.

pub mod check;
pub mod explain;
mod project;
#[cfg(target_family = "wasm")]
mod wasm;
