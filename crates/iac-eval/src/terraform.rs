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
//!   `null` too. Its [reason](crate::value::Unknown) has a name, and two unknown values of the same reason may be
//!   [certainly equal](crate::value::Node::certainly_equals).
//! * **Missing**: a member that is not there, `null`, or an empty string ([`is_missing`](crate::value::Node::is_missing)). The configuration certainly
//!   does not set it.
//! * **Open**: a list or an object with [`More::Maybe`](crate::value::More::Maybe). What is in it is certainly in it, and there
//!   may be more. A member that an open object does not have is not missing; it is unknown.
//!
//! Evaluation never fails. An expression that is not understood is unknown; one that Terraform certainly rejects is
//! [`Rejected`](crate::value::Unknown::Rejected), and [`Configuration::errors`] has the message.
//!
//! # How it works
//!
//! * **Module graph.** A configuration begins with the root module. Each instance of a module call leads to a module of its
//!   own, which is added when something of it is first used. Modules are identified by [`ModuleId`].
//! * **Memo.** A variable, local, output or attribute of a resource is evaluated at its first use, in the module that declares
//!   it, and remembered. One whose evaluation leads back to itself is reported as a cycle, and is unknown.
//! * **Budget.** Each root has a total cost, a depth, and a largest size of one value. What is beyond a limit is unknown, and the
//!   first limit that is reached is reported. Time and memory are therefore bounded, whatever the files say.
//! * **Provenance.** A value keeps the place where it was written, and where it is used ([`used`](crate::value::Node::used)).
//!
//! # Layers
//!
//! Values of arguments alone (`operator`, `collection`, `conversion`, `functions`), what a directory declares (`directory`,
//! `declarations`, `overrides`, `duplicate`, `variables`, `backend`) and data (`module`, `memo`, `budget`, `rejection`,
//! `provider`) know nothing about evaluation. `evaluation` is the recursive core.

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
mod memo;
mod module;
mod operator;
mod overrides;
pub mod plan;
mod provider;
mod rejection;
mod resource;
mod variables;

pub use backend::Backend;
pub use directory::{Backends, Directories, Directory, DirectoryCache, Texts, are_fresh};
pub use evaluation::configuration::Configuration;
pub use evaluation::evaluate::{Evaluated, evaluate};
pub use file_name::{is_terraform, sets_variables};
pub use functions::parse_json;
pub use module::{Defaults, ModuleId};
pub use provider::{Arguments, KnownModule, KnownResource, NoProvider, Origin, Provider};
pub use resource::{META_ARGUMENTS, META_BLOCKS, Resource};
pub use variables::attributes as variable_attributes;
