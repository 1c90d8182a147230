//! `count` and `for_each`: one block, several instances.

use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use crate::node::{Kind, More, Node};
use crate::span::Span;
use crate::syntax::hcl::Block;
use crate::terraform::budget::INSTANCE;
use crate::terraform::eval::Eval;
use crate::terraform::module::{Expansion, Instance};
use crate::terraform::{Configuration, Mode, Resource, dependency, resource};

/// The most instances that one block is expanded to; of more, one stands for all.
pub(super) const MOST: usize = 1_000;

/// The instances of a block of a module: several where `count` or `for_each` is known, and else one of which nobody
/// knows which.
pub(super) fn instances(configuration: &Configuration, index: usize, block: &Block) -> Arc<[Instance]> {
    known(configuration, index, block).unwrap_or_else(|| [Instance::default()].into())
}

/// The instances of a block of a module that has `count` or `for_each`, where they are known. They are evaluated when
/// they are first asked for.
pub(super) fn known(configuration: &Configuration, index: usize, block: &Block) -> Option<Arc<[Instance]>> {
    let (name, argument) =
        ["count", "for_each"].iter().find_map(|name| Some((name, block.body.attribute(name)?)))?;
    let at = argument.value.at;
    let expansions = &configuration.modules[index].expansions;
    let begun = expansions.borrow().get(&at).cloned();
    match begun {
        Some(Expansion::Done(known)) => return known,
        Some(Expansion::Begun) => {
            configuration.circle(index, name, at);
            return None;
        }
        None => expansions.borrow_mut().insert(at, Expansion::Begun),
    };
    let nobody = Instance::default();
    let value = || configuration.eval(index, &nobody).expr(&argument.value);
    let known = configuration.deeper(index, at, value).and_then(|value| made_by(&value, name));
    let known = known.filter(|all| configuration.budget.spend(all.len() * INSTANCE).is_some());
    expansions.borrow_mut().insert(at, Expansion::Done(known.clone()));
    known
}

/// The instances that a value of `count` or `for_each` makes.
fn made_by(value: &Node, name: &str) -> Option<Arc<[Instance]>> {
    if name == "count" {
        let many = number(value).filter(|many| *many <= MOST)?;
        return Some((0..many).map(|index| counted(index, value.at)).collect());
    }
    let each = |(key, value)| Instance { key: Some(key), value: Some(value), index: None };
    Some(members(value)?.into_iter().map(each).collect())
}

fn counted(index: usize, at: Span) -> Instance {
    Instance { index: Some(Node::new(Kind::Number(format_smolstr!("{index}")), at)), ..Instance::default() }
}

fn number(node: &Node) -> Option<usize> {
    match &node.kind {
        Kind::Number(text) => text.parse().ok(),
        Kind::Bool(_) => None,
        _ => node.as_str()?.parse().ok(),
    }
}

/// The keys and values that `for_each` goes through: of a set, each member is both. None where not all are known.
pub(super) fn members(each: &Node) -> Option<Vec<(Node, Node)>> {
    let found: Vec<(Node, Node)> = match &each.kind {
        Kind::Array(array) if array.more == More::No => array
            .items
            .iter()
            .map(|item| {
                Some((Node { kind: Kind::String(item.as_str()?.into()), ..item.clone() }, item.clone()))
            })
            .collect::<Option<_>>()?,
        Kind::Object(object) if object.more == More::No => {
            let member = |entry: &crate::node::Entry| {
                (Node::string(entry.key.clone(), entry.key_at), entry.value.clone())
            };
            object.entries.iter().map(member).collect()
        }
        _ => return None,
    };
    (found.len() <= MOST).then_some(found)
}

/// What an instance adds to its block's address: `[0]`, `["a"]`, or nothing.
pub(super) fn suffix(instance: &Instance) -> SmolStr {
    match (&instance.index, &instance.key) {
        (Some(Node { kind: Kind::Number(index), .. }), _) => format_smolstr!("[{index}]"),
        (_, Some(key)) => format_smolstr!("[{:?}]", key.as_str().unwrap_or_default()),
        _ => SmolStr::default(),
    }
}

/// Whether a rule asks what Terraform makes before the resource.
fn has_order(address: &str) -> bool {
    let kind = address.split('.').next().unwrap_or_default();
    kind == "aws_ecs_service" || kind.ends_with("lb_listener") || kind.ends_with("lb_listener_rule")
}

/// Adds the instances of a resource.
pub(super) fn resources(eval: Eval, address: &SmolStr, arguments: &[&str], found: &mut Vec<Resource>) {
    let Some(block) = eval.module.directory.resource(address) else { return };
    let depends = has_order(address).then(|| dependency::all(eval.configuration, eval.index, block));
    for instance in &*instances(eval.configuration, eval.index, block) {
        let eval = eval.configuration.eval(eval.index, instance);
        found.push(Resource {
            address: format_smolstr!("{}{address}{}", eval.module.prefix, suffix(instance)),
            kind: block.labels.first().cloned().unwrap_or_default(),
            mode: if block.kind == "data" { Mode::Data } else { Mode::Managed },
            body: resource::part(eval, &block.body, arguments, block.header),
            ignored: resource::ignored(block),
            depends: depends.clone(),
            conditional: ["count", "for_each", "provider"]
                .iter()
                .any(|name| block.body.attribute(name).is_some()),
            header: block.header,
            is_elsewhere: ["provider", "region"].iter().any(|name| block.body.attribute(name).is_some()),
        });
    }
}
