//! A linter and static validator for Amazon ECS: task definitions, services, and the Terraform and CloudFormation around them.
//!
//! [`check`] is the engine. It reads the files of a run and everything they refer to through [`source::Sources`], and
//! returns findings as plain data. The command line, the editor server, and the tests all call it.

#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod engine;
pub mod error_lookup;
pub mod fix;
pub mod frontend;
pub mod graph;
pub mod inspect;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod model;
pub mod policy;
pub mod report;
pub mod resource;
pub mod rules;
pub mod schema;
pub mod secrets;
pub mod suggest;
pub mod view;
pub mod workspace;

pub use engine::{Outcome, check};
pub use iac_eval::{
    address, choice, cloudformation, panic_guard, parallel, source, syntax, terraform, terragrunt, value,
};
