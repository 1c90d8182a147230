//! The mapping and the schema of the provider.

use super::*;
use crate::address::{Mode, ResourceName};
use crate::frontend::terraform::mapping::{self, ALL_OTHERS, Mapped, Mapping, QUERIES, RESOURCES, UNREAD};

fn names(kind: &str) -> &'static Names {
    provider_schema::names(kind).unwrap_or_else(|| panic!("{kind} is not in provider-types.txt"))
}

/// The arguments of a mapping that the provider does not support.
fn invented(names: &Names, mapping: Mapping) -> Vec<&'static str> {
    let invented =
        mapping.iter().map(|(name, _, conversion)| match (names.get(*name), mapping::block(*conversion)) {
            (None, _) => vec![*name],
            (Some(Value::Object(names)), Some(inner)) => invented(names, inner),
            _ => Vec::new(),
        });
    invented.flatten().collect()
}

#[test]
fn the_provider_has_every_argument_that_is_read() {
    let resources = RESOURCES.iter().map(|(kind, _, mapping)| (kind.to_string(), *mapping));
    let queries = QUERIES.iter().map(|(kind, _, mapping)| (format!("data.{kind}"), *mapping));
    let all = resources.chain(queries);
    let found = all.map(|(kind, mapping)| (invented(names(&kind), mapping), kind));
    let found: Vec<_> = found.filter(|(invented, _)| !invented.is_empty()).collect();
    // The data source shares its mapping with two others that support the argument.
    assert_eq!(found, [(vec!["vpc_id"], "data.aws_subnets".to_owned())]);
}

/// The arguments in a part of a resource that are neither mapped nor unread. An empty mapping reads only whether there is
/// a block.
fn overlooked(mapped: &Mapped, mapping: Mapping, names: &Names, block: &str) -> Vec<String> {
    let names = names.iter().filter(|_| !mapping.is_empty());
    let found = names.flat_map(|(name, inner)| {
        let path = if block.is_empty() { name.clone() } else { format!("{block}/{name}") };
        match mapping.iter().find(|(argument, ..)| argument == name) {
            Some((.., conversion)) => mapping::block(*conversion)
                .zip(inner.as_object())
                .map(|(mapping, inner)| overlooked(mapped, mapping, inner, &path))
                .unwrap_or_default(),
            None if mapped.is_unread(block, name) => Vec::new(),
            None => vec![path],
        }
    });
    found.collect()
}

#[test]
fn every_argument_of_the_provider_is_mapped_or_listed_as_unread() {
    let managed = RESOURCES.iter().map(|(kind, ..)| (*kind, ResourceName::managed(*kind, "")));
    let data = QUERIES
        .iter()
        .map(|(kind, ..)| (*kind, ResourceName { mode: Mode::Data, ..ResourceName::managed(*kind, "") }));
    for (kind, name) in managed.chain(data) {
        let key = if name.mode == Mode::Data { format!("data.{kind}") } else { kind.to_owned() };
        let Some(mapped) = mapping::mapped(&name) else { panic!("{key} is mapped") };
        let found = overlooked(mapped, mapped.mapping, names(&key), "");
        let help = "map it in mapping.rs, or list it in mapping/unread.rs if no rule can depend on it";
        assert!(found.is_empty(), "{key}: {}: {help}", found.join(", "));
    }
}

#[test]
fn every_argument_that_is_listed_as_unread_is_one_of_the_provider() {
    for (kinds, paths) in UNREAD {
        for (kind, path) in kinds.split(' ').flat_map(|kind| paths.split(' ').map(move |path| (kind, path))) {
            if path == ALL_OTHERS {
                continue;
            }
            let mut steps = path.split('/');
            let found = steps.next().and_then(|first| names(kind).get(first));
            let found = steps.try_fold(found, |names, name| names.map(|names| names.get(name)));
            assert!(found.flatten().is_some(), "{kind} has no {path}");
        }
    }
}
