//! Finds arguments and blocks that Terraform's AWS provider does not support.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use crate::resource::UnknownArgument;
use crate::source::Span;
use crate::syntax::hcl::{Block, Body, Expr, ExprKind, Item};
use crate::terraform::{Configuration, Directory, META_ARGUMENTS, META_BLOCKS};
use crate::value::{Entry, More, Node, NodeKind};

/// The generated names of all arguments and blocks of each supported resource and data source.
static PROVIDER: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../schemas/provider.json")).unwrap_or_default()
});

/// The key of a comment in Terraform's JSON syntax.
const COMMENT: &str = "//";

type Names = Map<String, Value>;

/// The unsupported arguments and blocks of all resources whose arguments are known.
pub(super) fn unknown_arguments(configuration: &Configuration) -> Vec<UnknownArgument> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, _, directory) in configuration.modules() {
        if seen.insert(&directory.path) && !needs_newer(directory) {
            directory.blocks().for_each(|block| in_resource(block, &mut found));
        }
    }
    found
}

/// Returns `true` if the configuration requires a provider version newer than the newest known one.
fn needs_newer(directory: &Directory) -> bool {
    let settings = directory.blocks().filter(|block| block.kind == "terraform");
    let required =
        settings.flat_map(|block| &block.body.blocks).filter(|block| block.kind == "required_providers");
    let mut asked = required.filter_map(|required| match &required.body.attribute("aws")?.value.kind {
        ExprKind::String(version) => Some(version.as_str()),
        ExprKind::Object(items) => items.iter().filter_map(member).find_map(|(name, _, held)| match held {
            Held::Value(Expr { kind: ExprKind::String(version), .. }) if name == "version" => {
                Some(version.as_str())
            }
            _ => None,
        }),
        _ => None,
    });
    let known = PROVIDER["version"].as_str().unwrap_or_default();
    asked.any(|version| first_version(version) > first_version(known))
}

/// The major and minor version of the first version in a constraint: 6 and 34 for `>= 6.34, < 8`.
fn first_version(constraint: &str) -> Vec<u32> {
    let version = constraint.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = version.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(version.len());
    version[..end].split('.').take(2).filter_map(|part| part.parse().ok()).collect()
}

fn in_resource(block: &Block, found: &mut Vec<UnknownArgument>) {
    let Some(kind) = block.labels.first() else { return };
    let known = match block.kind.as_str() {
        "resource" => PROVIDER["resources"].get(kind.as_str()),
        "data" => PROVIDER["resources"].get(format!("data.{kind}")),
        _ => None,
    };
    if let Some(names) = known.and_then(Value::as_object) {
        Walk { owner: kind, names, resource: names, found }.body(&block.body);
    }
}

/// A resource or block, and the arguments that it supports.
struct Walk<'w> {
    owner: &'w str,
    names: &'static Names,
    resource: &'static Names,
    found: &'w mut Vec<UnknownArgument>,
}

/// An item in a resource or block: its name, the place of the name, and its content.
type Written<'b> = (&'b str, Span, Held<'b>);

#[derive(Clone, Copy)]
enum Held<'b> {
    Value(&'b Expr),
    Block(&'b Body),
}

impl Walk<'_> {
    fn body(&mut self, body: &Body) {
        let mut all = written(body);
        // Near a syntax error, an item may belong to another block whose brace was not read, or is not typed yet.
        if body.more == More::Maybe {
            all.retain(|(name, ..)| self.names.contains_key(*name));
        }
        self.all(&all);
    }

    fn all(&mut self, all: &[Written]) {
        let mut free = None;
        for (name, at, held) in all {
            match (self.names.get(*name), held) {
                (Some(Value::Object(names)), held) => {
                    let mut inner = Walk { owner: name, names, resource: self.resource, found: self.found };
                    match held {
                        Held::Value(value) => inner.value(value),
                        Held::Block(body) => inner.body(body),
                    }
                }
                (Some(_), _) => {}
                (None, _) => {
                    let free = free.get_or_insert_with(|| self.free(all));
                    self.unknown(name, *at, free);
                }
            }
        }
    }

    /// Checks objects that are used in place of blocks, as in very old configurations and Terraform's JSON syntax.
    fn value(&mut self, value: &Expr) {
        match &value.kind {
            ExprKind::Array(items) => items.iter().for_each(|item| self.value(item)),
            ExprKind::Object(items) => self.all(&items.iter().filter_map(member).collect::<Vec<_>>()),
            _ => {}
        }
    }

    /// The supported names that are not used yet.
    fn free(&self, all: &[Written]) -> Arc<[&'static str]> {
        let used: FxHashSet<&str> = all.iter().map(|(name, ..)| *name).collect();
        self.names.keys().map(String::as_str).filter(|name| !used.contains(name)).collect()
    }

    fn unknown(&mut self, name: &str, at: Span, free: &Arc<[&'static str]>) {
        let takes = |(_, inner): &(&String, &Value)| inner.get(name).is_some();
        let mut blocks = self.names.iter().filter(takes).map(|(block, _)| block.as_str());
        self.found.push(UnknownArgument {
            entry: Entry::new(name, at, Node::new(NodeKind::Null, at)),
            owner: self.owner.into(),
            free: Arc::clone(free),
            block: blocks.next().filter(|_| blocks.next().is_none()),
            is_outside: self.resource.contains_key(name),
            version: PROVIDER["version"].as_str().unwrap_or_default(),
        });
    }
}

/// The arguments and blocks of a body, except those of Terraform itself.
fn written(body: &Body) -> Vec<Written<'_>> {
    let is_own = |name: &str| META_ARGUMENTS.contains(&name) || name == COMMENT;
    let arguments = body.attributes.iter().filter(|argument| !is_own(&argument.name));
    let arguments =
        arguments.map(|argument| (argument.name.as_str(), argument.name_at, Held::Value(&argument.value)));
    let blocks = body.blocks.iter().filter(|block| !META_BLOCKS.contains(&block.kind.as_str()));
    arguments.chain(blocks.filter_map(named)).collect()
}

/// A block with its name and content; of a `dynamic` block, those of the generated blocks.
fn named(block: &Block) -> Option<Written<'_>> {
    if block.kind != "dynamic" {
        return Some((&block.kind, block.header, Held::Block(&block.body)));
    }
    let content = block.body.blocks.iter().find(|inner| inner.kind == "content")?;
    Some((block.labels.first()?, block.header, Held::Block(&content.body)))
}

fn member(item: &Item) -> Option<Written<'_>> {
    match &item.key.kind {
        ExprKind::String(name) if name != COMMENT => Some((name, item.key.at, Held::Value(&item.value))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{Mode, ResourceName};
    use crate::frontend::terraform::mapping::{self, Mapped, Mapping, QUERIES, RESOURCES, UNREAD};

    /// The arguments of a mapping that the provider does not support.
    fn invented(names: &Value, mapping: Mapping) -> Vec<&'static str> {
        let invented = mapping.iter().map(|(name, _, conversion)| match mapping::block(*conversion) {
            _ if names.get(name).is_none() => vec![*name],
            Some(inner) => invented(&names[name], inner),
            None => Vec::new(),
        });
        invented.flatten().collect()
    }

    #[test]
    fn the_provider_has_every_argument_that_is_read() {
        let resources = RESOURCES.iter().map(|(kind, _, mapping)| (kind.to_string(), *mapping));
        let queries = QUERIES.iter().map(|(kind, _, mapping)| (format!("data.{kind}"), *mapping));
        let all = resources.chain(queries);
        let found = all.map(|(kind, mapping)| (invented(&PROVIDER["resources"][&kind], mapping), kind));
        let found: Vec<_> = found.filter(|(invented, _)| !invented.is_empty()).collect();
        // The data source shares its mapping with two others that support the argument.
        assert_eq!(found, [(vec!["vpc_id"], "data.aws_subnets".to_owned())]);
    }

    /// The arguments in a part of a resource that are neither mapped nor unread. An empty mapping reads only whether there is
    /// a block.
    fn overlooked(mapped: &Mapped, mapping: Mapping, names: &Value, block: &str) -> Vec<String> {
        let names = names.as_object().into_iter().flatten().filter(|_| !mapping.is_empty());
        let found = names.flat_map(|(name, inner)| {
            let path = if block.is_empty() { name.clone() } else { format!("{block}/{name}") };
            match mapping.iter().find(|(argument, ..)| argument == name) {
                Some((.., conversion)) => mapping::block(*conversion)
                    .map(|mapping| overlooked(mapped, mapping, inner, &path))
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
            let found = overlooked(mapped, mapped.mapping, &PROVIDER["resources"][&key], "");
            let help = "map it in mapping.rs, or list it in mapping/unread.rs if no rule can depend on it";
            assert!(found.is_empty(), "{key}: {}: {help}", found.join(", "));
        }
    }

    #[test]
    fn every_argument_that_is_listed_as_unread_is_one_of_the_provider() {
        for (kinds, paths) in UNREAD {
            for (kind, path) in
                kinds.split(' ').flat_map(|kind| paths.split(' ').map(move |path| (kind, path)))
            {
                let resource = &PROVIDER["resources"][kind];
                let found = path.split('/').try_fold(resource, |names, name| names.get(name));
                assert!(found.is_some(), "{kind} has no {path}");
            }
        }
    }

    #[test]
    fn a_constraint_asks_for_the_first_version_it_names() {
        assert_eq!(first_version("~> 7.0"), [7, 0]);
        assert!(first_version(">= 10.1, < 12") > first_version("9.99.1"));
        assert!(first_version(">= 6") < first_version("6.1.0"));
    }
}
