//! The schema of Terraform's AWS provider, as `schemas/generate-provider.py` writes it.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::source::Span;
use crate::syntax::hcl::{ExprKind, Item};
use crate::terraform::Directory;

/// The names of all arguments and blocks of each supported resource and data source, and which are required or single.
static PROVIDER: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../schemas/provider.json")).unwrap_or_default()
});

/// The arguments of an object; those that are blocks have the arguments of the block.
pub(super) type Names = Map<String, Value>;

/// The newest version that the schema covers.
pub(super) fn version() -> &'static str {
    PROVIDER["version"].as_str().unwrap_or_default()
}

/// The arguments of a resource or, with the prefix `data.`, of a data source.
pub(super) fn names(kind: &str) -> Option<&'static Names> {
    PROVIDER["resources"].get(kind)?.as_object()
}

/// The arguments and blocks that every version requires in the object at a path: `aws_ecs_service/load_balancer`.
pub(super) fn required(path: &str) -> impl Iterator<Item = &'static str> {
    listed("required", path)
}

/// The blocks that can occur at most once in the object at a path.
pub(super) fn single(path: &str) -> impl Iterator<Item = &'static str> {
    listed("single", path)
}

/// The arguments and blocks that the newest major version does not have any more.
pub(super) fn removed(path: &str) -> impl Iterator<Item = &'static str> {
    listed("removed", path)
}

fn listed(fact: &str, path: &str) -> impl Iterator<Item = &'static str> {
    let names = PROVIDER[fact].get(path).and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

/// Returns `true` if the configuration requires a provider version newer than the newest known one.
pub(super) fn needs_newer(directory: &Directory) -> bool {
    constraints(directory).any(|(required, _)| first_version(required) > first_version(version()))
}

/// The place where the configuration requires the newest known major version; `None` if it may use an older one.
pub(super) fn needs_newest_major(directory: &Directory) -> Option<Span> {
    let newest = &first_version(version())[..1];
    let is_least = |constraint: &str| !constraint.trim_start().starts_with(['<', '!']);
    let mut required = constraints(directory).filter(|(constraint, _)| is_least(constraint));
    required.find(|(constraint, _)| first_version(constraint).starts_with(newest)).map(|(_, at)| at)
}

/// The version constraints of the provider, and their places.
fn constraints(directory: &Directory) -> impl Iterator<Item = (&str, Span)> {
    let settings = directory.blocks().filter(|block| block.kind == "terraform");
    let required =
        settings.flat_map(|block| &block.body.blocks).filter(|block| block.kind == "required_providers");
    required.filter_map(|required| match &required.body.attribute("aws")?.value.kind {
        ExprKind::String(version) => Some((version.as_str(), required.body.attribute("aws")?.value.at)),
        ExprKind::Object(items) => items.iter().find_map(constraint),
        _ => None,
    })
}

/// The value of `version`, if the item is that one.
fn constraint(item: &Item) -> Option<(&str, Span)> {
    match (&item.key.kind, &item.value.kind) {
        (ExprKind::String(name), ExprKind::String(version)) if name == "version" => {
            Some((version, item.value.at))
        }
        _ => None,
    }
}

/// The major and minor version of the first version in a constraint: 6 and 34 for `>= 6.34, < 8`.
fn first_version(constraint: &str) -> Vec<u32> {
    let version = constraint.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = version.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(version.len());
    version[..end].split('.').take(2).filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_asks_for_the_first_version_it_names() {
        assert_eq!(first_version("~> 7.0"), [7, 0]);
        assert!(first_version(">= 10.1, < 12") > first_version("9.99.1"));
        assert!(first_version(">= 6") < first_version("6.1.0"));
    }
}
