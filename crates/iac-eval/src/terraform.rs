//! Terraform configurations, evaluated as far as the files tell: directories of `.tf` files to resources.

use std::path::Path;

use smol_str::SmolStr;

use crate::address::{Address, ResourceRef};
use crate::source::{Sources, Span};
use crate::value::{Node, Unknown};

mod budget;
mod collection;
mod configuration;
mod conversion;
mod data;
mod declarations;
mod dependency;
mod directory;
mod duplicate;
mod errors;
mod eval;
mod evaluate;
mod expand;
mod for_expr;
mod functions;
mod graph;
mod installed;
mod memo;
mod module;
mod naming;
mod operator;
mod origin;
mod output;
mod overrides;
pub mod plan;
mod provider;
mod reference;
mod registry;
mod rejection;
mod remote;
mod resource;
mod template;
mod values;
mod variables;

pub use configuration::Configuration;
pub use directory::{Backends, Directories, Directory, DirectoryCache, Texts, are_fresh};
pub use evaluate::{Evaluated, evaluate};
pub use functions::parse_json;
pub use module::{Defaults, ModuleId};
pub use provider::{Arguments, KnownModule, KnownResource, NoProvider, Origin, Provider};
pub use remote::Backend;
pub use variables::attributes as variable_attributes;

/// A resource or data source as its provider would be given it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its address; without an instance key where the instances are not known.
    pub address: ResourceRef,
    /// Its arguments and blocks; each kind of block is a list of objects.
    pub body: Node,
    /// The arguments that `lifecycle.ignore_changes` names; `all` for all of them.
    pub ignore_changes: Vec<SmolStr>,
    /// The blocks that Terraform creates before it, because something of it refers to them or `depends_on` names them.
    /// `None` if that is not known, or [`Provider::has_order`] says that it does not matter.
    pub dependencies: Option<Vec<Address>>,
    /// Whether it has a `count`, a `for_each` or a provider of its own: other blocks may exist in its place.
    pub is_conditional: bool,
    /// What to point at where an argument is missing: the block's first words.
    pub header: Span,
    /// Whether it names a provider or a region of its own.
    pub has_own_provider: bool,
}

/// Whether Terraform would read the file as configuration, by its name.
pub fn is_terraform(path: &Path) -> bool {
    ends_with(path, ".tf") || ends_with(path, ".tf.json")
}

/// Whether Terraform would read the file as values of variables, by its name.
pub fn sets_variables(path: &Path) -> bool {
    ends_with(path, ".tfvars") || ends_with(path, ".tfvars.json")
}

fn ends_with(path: &Path, end: &str) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(end.as_bytes()))
}

/// An unknown that stands for an expression that is not evaluated.
pub fn not_evaluated(sources: &Sources, at: Span) -> Node {
    let text = sources.text(at);
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    Node::unknown(Unknown::Expression(short.into()), at)
}
