//! Static evaluation of Terraform configurations: turns directories of `.tf` files into resources.
//!
//! [`evaluate`] does everything in one call. [`Directories`] and [`Configuration`] are the individual steps: the first
//! reads each directory once and keeps it for the next run, the second evaluates one root module. [`plan`] reads the
//! output of `terraform show -json`.
//!
//! # Unknown, missing, open
//!
//! These are three different things. Code that confuses them reports false errors.
//!
//! * **Unknown**: [`NodeKind::Unknown`](crate::value::NodeKind::Unknown) is a value that no file defines. It can be
//!   anything, including `null`. Its [reason](crate::value::Unknown) has a name, and two unknown values with the same
//!   reason can be [certainly equal](crate::value::Node::certainly_equals).
//! * **Missing**: an absent member, `null`, or an empty string ([`is_missing`](crate::value::Node::is_missing)). The
//!   configuration certainly does not set it.
//! * **Open**: a list or an object with [`More::Maybe`](crate::value::More::Maybe). Its items certainly exist, and
//!   there may be more. A member that an open object does not contain is not missing; it is unknown.
//!
//! Evaluation never fails. An unsupported expression is unknown; one that Terraform certainly rejects is
//! [`Rejected`](crate::value::Unknown::Rejected), and [`Configuration::errors`] returns the message.
//!
//! # How it works
//!
//! * **Module graph.** A configuration starts with the root module. Each instance of a module call has a module of its
//!   own, which is added to the graph at its first use. Modules are identified by [`ModuleId`].
//! * **Memo.** A variable, local, output, or resource attribute is evaluated at its first use, in the module that
//!   declares it, and cached. One that depends on itself is reported as a cycle and is unknown.
//! * **Budget.** Each root module has a limit on total cost, on depth, and on the size of one value. Values beyond a
//!   limit are unknown, and the first limit reached is reported. This bounds time and memory for any input.
//! * **Provenance.** A value keeps the place where it was written and the place where it is used
//!   ([`used`](crate::value::Node::used)).
//!
//! * **Models.** A published module whose source is not on disk can be replaced by a [`Model`], a module that is a part of
//!   the program. No value or error that leaves the evaluator has a place in it.
//!
//! # Layers
//!
//! Pure operations on values (`operator`, `collection`, `conversion`, `functions`), the declarations of a directory
//! (`directory`, `declarations`, `overrides`, `duplicate`, `undeclared`, `variables`, `backend`), and data types (`module`, `memo`,
//! `budget`, `rejection`, `provider`) do not depend on evaluation. `evaluation` is the recursive core.

mod backend;
mod budget;
mod collection;
mod conversion;
mod declarations;
mod directory;
mod duplicate;
mod evaluation;
mod file_name;
mod functions;
mod ignored;
mod memo;
mod module;
mod operator;
mod overrides;
pub mod plan;
mod provider;
mod rejection;
mod resource;
mod scenario;
mod undeclared;
mod variables;

pub use backend::Backend;
pub use directory::{Backends, Directories, Directory, DirectoryCache, Texts, are_fresh};
pub use evaluation::configuration::Configuration;
pub use evaluation::evaluate::{Evaluated, evaluate};
pub use evaluation::named_value::NamedValue;
pub use file_name::{is_automatic, is_terraform, sets_variables, variables_stem, without_replaced};
pub use functions::parse_json;
pub use module::{Defaults, ModuleId, UnreadCall};
pub use provider::{Arguments, Model, NoProvider, Provider};
pub use resource::{META_ARGUMENTS, META_BLOCKS, Resource};
pub use scenario::Scenario;
pub use variables::attributes as variable_attributes;
