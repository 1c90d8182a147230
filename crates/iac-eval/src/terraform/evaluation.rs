//! The core of the evaluator. Evaluation is recursive: an expression refers to an output, the output needs a module,
//! the module is one instance of a call, and the number of instances is an expression. For this reason the files in
//! this module, and only they, depend on each other in any order:
//!
//! * state: `configuration` and its modules (`graph`), reported errors (`errors`), and the origins of values
//!   (`origin`); `once` evaluates a name at its first use;
//! * expressions: `eval`, `reference`, `for_expr`, `template`, `call`, `filesystem`;
//! * declarations: `values`, `output`, `expand`, `resource`, `data`, `dependency`, `naming`, `named_value`, `provider_region`, `whole`;
//! * values that depend on an unknown one: `choice`, `selection`, `offers`, `common`, `given`, `reads`;
//! * secrets among the values: `secret`;
//! * anything outside the root module: `remote`, `installed`, `modelled`, `submodule`;
//! * `evaluate`, which does everything in one call.

mod call;
mod choice;
mod common;
pub(super) mod configuration;
mod data;
mod dependency;
mod errors;
mod eval;
pub(super) mod evaluate;
mod expand;
mod filesystem;
mod for_expr;
mod given;
mod graph;
mod installed;
mod modelled;
pub(super) mod named_value;
mod naming;
mod offers;
mod once;
mod origin;
mod output;
mod provider_region;
mod reads;
mod reference;
mod remote;
mod resource;
mod secret;
mod selection;
mod submodule;
mod template;
mod values;
mod whole;
