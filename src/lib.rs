//! A linter and static validator for Amazon ECS: task definitions, services and the Terraform around them.
//!
//! [`check`] is the engine. It takes the files of a run as [`sources::Sources`], reads what they refer to through
//! the same, and gives back findings as plain data. The command line, the editor server and the tests all call it.

pub mod answers;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod edit;
pub mod engine;
pub mod fix;
pub mod frontend;
pub mod lsp;
pub mod model;
pub mod nearest;
pub mod project;
pub mod report;
pub mod resource;
pub mod rules;
pub mod schema;
pub mod secrets;
mod suppress;
pub mod value;
pub mod walk;
pub mod workspace;
pub mod write;

pub use engine::{Outcome, check};
pub use iac_eval::{address, node, panic_guard, parallel, sources, span, syntax, terraform, text};
