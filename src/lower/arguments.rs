//! The arguments of Terraform's resources, for whoever writes one.

use crate::lower::shapes::{Form, RESOURCES, Shape};
use crate::project::Kind;

/// An argument or block that a resource or block takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    /// Its name.
    pub name: &'static str,
    /// The keys that lead to its member in the API's request.
    pub path: Vec<&'static str>,
    /// Whether it is a block.
    pub is_block: bool,
    /// Whether there may be several.
    pub repeats: bool,
}

/// What a resource takes, or a block within it; `blocks` leads there from the outside.
pub(crate) fn arguments(resource: &str, blocks: &[&str]) -> Option<(Kind, Vec<Argument>)> {
    let (_, kind, mut shape) = *RESOURCES.iter().find(|(name, ..)| *name == resource)?;
    let mut path: Vec<&'static str> = Vec::new();
    for block in blocks {
        let (_, key, form) = shape.iter().find(|(name, ..)| name == block)?;
        path.extend(steps(key));
        shape = inner(*form)?;
    }
    let argument = |(name, key, form): &(&'static str, &'static str, Form)| Argument {
        name,
        path: path.iter().copied().chain(steps(key)).collect(),
        is_block: inner(*form).is_some(),
        repeats: matches!(form, Form::Blocks(_)),
    };
    Some((kind, shape.iter().map(argument).collect()))
}

fn steps(key: &'static str) -> impl Iterator<Item = &'static str> {
    key.split('/').filter(|step| !step.is_empty())
}

fn inner(form: Form) -> Option<Shape> {
    match form {
        Form::Block(shape) | Form::Inline(shape) | Form::Blocks(shape) => Some(shape),
        Form::Same | Form::Pairs(_) | Form::Switch | Form::Json => None,
    }
}
