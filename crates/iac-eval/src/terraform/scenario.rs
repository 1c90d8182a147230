//! What a root module is evaluated with, besides its own files: values of its variables, and assumptions about values that no
//! file defines.

use std::path::PathBuf;

use crate::address::UnitId;
use crate::choice::Assumption;
use crate::syntax::hcl::Attribute;
use crate::terraform::Defaults;
use crate::value::More;

/// One set of values for a root module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// Values of variables of the root module, for example those of a `.tfvars` file. The last of several values for a
    /// variable wins. They override the files that Terraform loads automatically.
    pub variables: Vec<Attribute>,
    /// The identity of the resources in this scenario; `None` for that of the root module's directory.
    pub unit: Option<UnitId>,
    /// The directory whose files are copied over those of the root module: that of a unit of Terragrunt.
    pub copied: Option<PathBuf>,
    /// Whether a program adds files to the root module that are not read.
    pub more_files: More,
    /// What is assumed about unknown values, at most once for each subject.
    pub assumptions: Vec<Assumption>,
    /// Whether the variables of models have their defaults, or are unknown.
    pub defaults_of_models: Defaults,
}
