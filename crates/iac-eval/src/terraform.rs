//! Terraform configurations, evaluated as far as the files say: directories of `.tf` files to resources.
//!
//! [`evaluate`] does it in one call. [`Directories`] and [`Configuration`] are the steps: the first reads each directory once
//! and keeps it for the next run, the second evaluates one root module. [`plan`] reads what `terraform show -json` prints.
//!
//! # Unknown, missing, open
//!
//! The three are different, and a reader of values that mixes them up reports what may not be true.
//!
//! * **Unknown**: [`NodeKind::Unknown`](crate::value::NodeKind::Unknown) is a value that no file gives. It may be anything,
//!   `null` too. Its [reason](Unknown) has a name, and two unknown values of the same reason may be
//!   [certainly equal](Node::certainly_equals).
//! * **Missing**: a member that is not there, `null`, or an empty string ([`Node::is_missing`]). The configuration certainly
//!   does not set it.
//! * **Open**: a list or an object with [`More::Maybe`](crate::value::More::Maybe). What is in it is certainly in it, and there
//!   may be more. A member that an open object does not have is not missing; it is unknown.
//!
//! Evaluation never fails. An expression that is not understood is unknown; one that Terraform certainly rejects is
//! [`Unknown::Rejected`], and [`Configuration::errors`] has the message.
//!
//! # How it works
//!
//! * **Module graph.** A configuration begins with the root module. Each instance of a module call leads to a module of its
//!   own, which is added when something of it is first used. Modules are identified by [`ModuleId`].
//! * **Memo.** A variable, local, output or attribute of a resource is evaluated at its first use, in the module that declares
//!   it, and remembered. One whose evaluation leads back to itself is reported as a cycle, and is unknown.
//! * **Budget.** Each root has a total cost, a depth, and a largest size of one value. What is beyond a limit is unknown, and the
//!   first limit that is reached is reported. Time and memory are therefore bounded, whatever the files say.
//! * **Provenance.** A value keeps the place where it was written, and where it is used ([`Node::used`]).
//!
//! # The core
//!
//! Evaluation is recursive: an expression names an output, the output needs a module, the module is one instance of a call, and
//! the number of instances is an expression. The files that do this form one cycle, the core: those that name `Configuration`
//! or `Eval`. A test has their list:
//!
//! * the state: `configuration`, with the modules it has (`graph`), what it remembers (`memo`), what it reports (`errors`) and
//!   what its values come from (`origin`);
//! * expressions: `eval`, `reference`, `for_expr`, `template`, `functions` (with `functions/filesystem`);
//! * declarations: `values`, `output`, `expand`, `resource`, `data`, `dependency`, `naming`;
//! * what is outside of a root: `remote`, `installed`, `registry`; and `evaluate`, which uses all of it.
//!
//! All else is outside of the core and does not know it: values of arguments alone (`operator`, `collection`, `conversion`, the
//! families of `functions`), what a directory declares (`directory`, `declarations`, `overrides`, `duplicate`, `variables`),
//! data (`module`, `budget`, `rejection`, `provider`), and `plan`.

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

/// An unknown value that stands for an expression that is not evaluated. Its name is the start of the expression's text.
pub fn not_evaluated(sources: &Sources, at: Span) -> Node {
    let text = sources.text(at);
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    Node::unknown(Unknown::Expression(short.into()), at)
}
