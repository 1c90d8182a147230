//! The arguments of Terraform resources, for completion in editors.

use crate::address::ResourceName;
use crate::frontend::terraform::mapping::{self, Conversion};
use crate::resource::Kind;

/// An argument or block of a resource or block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// The path of keys to its member in the API request.
    pub path: Vec<&'static str>,
    /// Whether it is a block.
    pub is_block: bool,
    /// Whether it can be repeated.
    pub repeats: bool,
}

/// The arguments of a resource, or of a block in it; `blocks` is the path to the block, outermost first.
pub fn arguments(resource: &str, blocks: &[&str]) -> Option<(Kind, Vec<Argument>)> {
    let mapped = mapping::mapped(&ResourceName::managed(resource, ""))?;
    let mut mapping = mapped.mapping;
    let mut path: Vec<&'static str> = Vec::new();
    for block in blocks {
        let (_, key, conversion) = mapping.iter().find(|(name, ..)| name == block)?;
        path.extend(steps(key));
        mapping = mapping::block(*conversion)?;
    }
    let argument = |(name, key, conversion): &(&'static str, &'static str, Conversion)| Argument {
        name,
        path: path.iter().copied().chain(steps(key)).collect(),
        is_block: mapping::block(*conversion).is_some(),
        repeats: matches!(conversion, Conversion::Blocks(_)),
    };
    Some((mapped.kind, mapping.iter().map(argument).collect()))
}

fn steps(key: &'static str) -> impl Iterator<Item = &'static str> {
    key.split('/').filter(|step| !step.is_empty())
}
