//! Static evaluation of CloudFormation templates: turns a template into resources, with the values of its parameters, mappings,
//! conditions, and functions.
//!
//! [`Template`] is a parsed template. [`Stack`] evaluates one with a set of values, and [`Environment`] is what other templates
//! provide: nested templates and exports. Values have the same meaning as those of [`terraform`](crate::terraform): known with
//! their places, unknown with a reason, or open.
//!
//! # Conditions
//!
//! A condition that no known value decides is undecided. What depends on it is unknown, and the stack records the
//! [choice](crate::choice::Choice) that decides it: a parameter, a pseudo parameter, or the condition itself. The caller evaluates
//! the template again with each [assumption](crate::choice::Assumption), so that everything that depends on one parameter changes
//! together.

mod beyond;
mod choices;
mod cidr;
mod condition;
mod constraint;
mod eval;
mod function;
mod limits;
mod names;
mod parameter;
mod reference;
mod resource;
mod stack;
mod structure;
mod sub;
mod template;
mod text;
mod types;
mod undeclared;

pub use names::{Name, NameKind, names};
pub use reference::pseudo_parameter;
pub use resource::Resource;
pub use stack::{Environment, Given, Isolated, Stack, TemplateUrl};
pub use template::{Template, is_template};
pub use types::Types;
