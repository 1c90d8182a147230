//! Finds arguments and blocks that Terraform's AWS provider does not support, those that it requires, and blocks that
//! occur too often.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::frontend::terraform::provider_schema::{self, Names};
use crate::resource::{Kind, MissingArgument, Removal, SupportedBy, UnknownArgument};
use crate::schema;
use crate::source::Span;
use crate::suggest::{camel_case, nearest};
use crate::syntax::hcl::{Block, Body, Expr, ExprKind, Item};
use crate::syntax::{Label, SyntaxError};
use crate::terraform::{Configuration, META_ARGUMENTS, META_BLOCKS};
use crate::value::{Entry, More, Node, NodeKind};

/// The key of a comment in Terraform's JSON syntax.
const COMMENT: &str = "//";

/// The resources whose arguments are confused most often.
const ECS: [&str; 3] = ["aws_ecs_task_definition", "aws_ecs_service", "aws_ecs_cluster"];

/// What replaces arguments that the provider does not have any more.
const REPLACEMENTS: [(&str, &str); 3] = [
    ("capacity_providers", "an `aws_ecs_cluster_capacity_providers` resource"),
    ("default_capacity_provider_strategy", "an `aws_ecs_cluster_capacity_providers` resource"),
    ("placement_strategy", "`ordered_placement_strategy`"),
];

/// What is wrong with the arguments and blocks of the resources.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Those that the provider does not support.
    pub unknown: Vec<UnknownArgument>,
    /// Those that it requires.
    pub missing: Vec<MissingArgument>,
    /// The blocks that occur too often.
    pub repeated: Vec<SyntaxError>,
}

/// Checks the arguments and blocks of all resources whose schema is known.
pub(super) fn check(configuration: &Configuration) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    let newest = configuration.modules().find_map(|(.., module)| provider_schema::needs_newest_major(module));
    for (_, _, directory) in configuration.modules() {
        if !directory.is_model() && seen.insert(&directory.path) && !provider_schema::needs_newer(directory) {
            directory.blocks().for_each(|block| in_resource(block, newest, &mut found));
        }
    }
    found
}

fn in_resource(block: &Block, newest: Option<Span>, found: &mut Found) {
    let Some(kind) = block.labels.first() else { return };
    let path = match block.kind.as_str() {
        "resource" => kind.to_string(),
        "data" => format!("data.{kind}"),
        _ => return,
    };
    if let Some(names) = provider_schema::names(&path) {
        Walk { owner: kind, at: block.header, path, names, resource: names, newest, found }.body(&block.body);
    }
}

/// A resource or block, and the arguments that it supports.
struct Walk<'w> {
    owner: &'w str,
    /// The place to report when an argument is missing.
    at: Span,
    /// The types of the resource and the blocks that lead to it.
    path: String,
    names: &'static Names,
    resource: &'static Names,
    /// Where the configuration requires the newest major version of the provider.
    newest: Option<Span>,
    found: &'w mut Found,
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
        // A nested block has no arguments of Terraform itself.
        let own = if self.path.contains('/') { &[][..] } else { META_ARGUMENTS };
        let mut all = written(body, own);
        // Near a syntax error, an item may belong to another block whose brace was not read, or is not typed yet.
        if body.more == More::Maybe {
            all.retain(|(name, ..)| self.names.contains_key(*name));
        } else {
            self.required(&all);
            self.single(&body.blocks);
        }
        self.all(&all);
    }

    fn all(&mut self, all: &[Written]) {
        let mut free = None;
        for (name, at, held) in all {
            if let Some(removal) = self.removal(name) {
                let free = free.get_or_insert_with(|| self.free(all));
                self.unknown(name, *at, free, Some(removal));
                continue;
            }
            match (self.names.get(*name), held) {
                (Some(Value::Object(names)), held) => {
                    let path = format!("{}/{name}", self.path);
                    let mut inner = Walk { owner: name, at: *at, path, names, found: self.found, ..*self };
                    match held {
                        Held::Value(value) => inner.value(value),
                        Held::Block(body) => inner.body(body),
                    }
                }
                (Some(_), _) => {}
                (None, _) => {
                    let free = free.get_or_insert_with(|| self.free(all));
                    self.unknown(name, *at, free, None);
                }
            }
        }
    }

    fn required(&mut self, all: &[Written]) {
        for name in provider_schema::required(&self.path) {
            // An unsupported argument with a similar name is reported instead.
            let is_meant =
                |written: &str| !self.names.contains_key(written) && nearest(written, [name]).is_some();
            if !all.iter().any(|(written, ..)| *written == name || is_meant(written)) {
                let is_block = self.names.get(name).is_some_and(Value::is_object);
                let owner = self.owner.into();
                let required_by = "the AWS provider";
                self.found.missing.push(MissingArgument { name, owner, at: self.at, is_block, required_by });
            }
        }
    }

    /// Reports the second of two blocks. A `dynamic` block may generate none.
    fn single(&mut self, blocks: &[Block]) {
        for name in provider_schema::single(&self.path) {
            let mut same = blocks.iter().filter(|block| block.kind == name);
            if let (Some(first), Some(second)) = (same.next(), same.next()) {
                let message = format!("`{}` can have at most one `{name}` block", self.owner);
                let label = Label { span: first.header, message: "the first one".to_owned() };
                let error = SyntaxError::rejected(second.header, message);
                self.found.repeated.push(SyntaxError { labels: vec![label], ..error });
            }
        }
    }

    /// Checks objects that are used in place of blocks, as in very old configurations and Terraform's JSON syntax.
    fn value(&mut self, value: &Expr) {
        match &value.kind {
            ExprKind::Array(items) => items.iter().for_each(|item| self.value(item)),
            ExprKind::Object(items) => {
                let all: Vec<Written> = items.iter().filter_map(member).collect();
                if items.iter().all(|item| matches!(item.key.kind, ExprKind::String(_))) {
                    self.required(&all);
                }
                self.all(&all);
            }
            _ => {}
        }
    }

    /// The supported names that are not used yet.
    fn free(&self, all: &[Written]) -> Arc<[&'static str]> {
        let used: FxHashSet<&str> = all.iter().map(|(name, ..)| *name).collect();
        self.names.keys().map(String::as_str).filter(|name| !used.contains(name)).collect()
    }

    /// Where an argument of another ECS resource, or of a container, belongs.
    fn home(&self, name: &str) -> Option<String> {
        if !ECS.contains(&self.path.as_str()) {
            return None;
        }
        let key = camel_case(name);
        let containers = schema::shape(Kind::Task)?.known("containerDefinitions")?.1;
        let is_of_container = containers.item()?.known(&key).is_some();
        if is_of_container && self.path == "aws_ecs_task_definition" {
            return Some(format!("`container_definitions`, as `{key}`"));
        }
        let mut others = ECS.into_iter().filter(|other| *other != self.path);
        let other =
            others.find(|other| provider_schema::names(other).is_some_and(|names| names.contains_key(name)));
        let of_container = || is_of_container.then(|| "the container definitions of the task".to_owned());
        other.map(|other| format!("the `{other}` resource")).or_else(of_container)
    }

    /// Why the provider does not have the argument any more, if that is certain.
    fn removal(&self, name: &str) -> Option<Removal> {
        let required_at = self.newest?;
        provider_schema::removed(&self.path).find(|removed| *removed == name)?;
        let instead = REPLACEMENTS.iter().find(|(removed, _)| *removed == name).map(|(_, instead)| *instead);
        Some(Removal { required_at, instead })
    }

    fn unknown(&mut self, name: &str, at: Span, free: &Arc<[&'static str]>, removal: Option<Removal>) {
        let takes = |(_, inner): &(&String, &Value)| inner.get(name).is_some();
        let mut blocks = self.names.iter().filter(takes).map(|(block, _)| block.as_str());
        self.found.unknown.push(UnknownArgument {
            entry: Entry::new(name, at, Node::new(NodeKind::Null, at)),
            owner: self.owner.into(),
            free: Arc::clone(free),
            block: blocks.next().filter(|_| blocks.next().is_none()),
            is_outside: self.resource.contains_key(name),
            home: self.home(name),
            supported_by: SupportedBy::Provider(provider_schema::version()),
            removal,
        });
    }
}

/// The arguments and blocks of a body, except those of Terraform itself.
fn written<'b>(body: &'b Body, own: &[&str]) -> Vec<Written<'b>> {
    let is_own = |name: &str| own.contains(&name) || name == COMMENT;
    let arguments = body.attributes.iter().filter(|argument| !is_own(&argument.name));
    let arguments =
        arguments.map(|argument| (argument.name.as_str(), argument.name_at, Held::Value(&argument.value)));
    let blocks = body.blocks.iter().filter(|block| !META_BLOCKS.contains(&block.kind.as_str()));
    arguments.chain(blocks.filter_map(named)).collect()
}

/// A block with its name and content; of a `dynamic` block, those of the generated blocks. `None` if it generates none.
fn named(block: &Block) -> Option<Written<'_>> {
    if block.kind != "dynamic" {
        return Some((&block.kind, block.header, Held::Block(&block.body)));
    }
    if block.body.attribute("for_each").is_some_and(|each| is_empty(&each.value)) {
        return None;
    }
    let content = block.body.blocks.iter().find(|inner| inner.kind == "content")?;
    Some((block.labels.first()?, block.header, Held::Block(&content.body)))
}

fn is_empty(collection: &Expr) -> bool {
    match &collection.kind {
        ExprKind::Array(items) => items.is_empty(),
        ExprKind::Object(items) => items.is_empty(),
        _ => false,
    }
}

fn member(item: &Item) -> Option<Written<'_>> {
    match &item.key.kind {
        ExprKind::String(name) if name != COMMENT => Some((name, item.key.at, Held::Value(&item.value))),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
