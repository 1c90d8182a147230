//! The core of the evaluator. Evaluation is recursive: an expression names an output, the output needs a module, the module is
//! one instance of a call, and the number of instances is an expression. So these files, and no others, use each other in any
//! order:
//!
//! * the state: `configuration`, with the modules it has (`graph`), what it reports (`errors`) and what its values come
//!   from (`origin`); `once` evaluates a name at its first use;
//! * expressions: `eval`, `reference`, `for_expr`, `template`, `call`, `filesystem`;
//! * declarations: `values`, `output`, `expand`, `resource`, `data`, `dependency`, `naming`;
//! * what is outside of a root: `remote`, `installed`, `registry`;
//! * `evaluate`, which does all of it in one call.

mod call;
pub(super) mod configuration;
mod data;
mod dependency;
mod errors;
mod eval;
pub(super) mod evaluate;
mod expand;
mod filesystem;
mod for_expr;
mod graph;
mod installed;
mod naming;
mod once;
mod origin;
mod output;
mod reference;
mod registry;
mod remote;
mod resource;
mod template;
mod values;
