//! Terragrunt: the units of a repository, and the values that they give to the modules that they apply.
//!
//! A unit is a directory with a `terragrunt.hcl`. It names a module and sets its variables with `inputs`, some of which come from
//! files that it includes. The expressions of a file are Terraform's, with more functions (`functions`) and with the names
//! `include`, `dependency`, and `values` (`scope`). A file is evaluated like a root module that consists of this file.
//!
//! Nothing is executed, and values from the environment are unknown.

use std::path::Path;

mod arguments;
mod dependency;
mod file;
mod functions;
mod generated;
mod include;
mod merge;
mod naming;
mod reader;
mod scope;
mod stack;
mod unit;
mod units;

pub use naming::closest;
pub use unit::{Module, Unit};
pub use units::{Units, units};

/// The name of the file that makes its directory a unit.
const UNIT: &str = "terragrunt.hcl";

/// The names of such files; the first one that exists counts.
const UNITS: [&str; 2] = [UNIT, "terragrunt.hcl.json"];

/// The name of the file that describes a stack, from which Terragrunt generates units.
const STACK: &str = "terragrunt.stack.hcl";

/// Returns `true` if a file with this name describes a unit or a stack of units.
pub fn is_terragrunt(path: &Path) -> bool {
    UNITS.into_iter().chain([STACK]).any(|name| path.file_name().is_some_and(|known| known == name))
}
