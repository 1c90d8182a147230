//! `count` and `for_each`: one block, several instances.

use smol_str::{SmolStr, format_smolstr};

use crate::node::{Kind, More, Node};
use crate::span::Span;
use crate::syntax::hcl::Block;
use crate::terraform::eval::Eval;
use crate::terraform::module::Instance;
use crate::terraform::{Mode, Resource, dependency, resource};

/// The most instances that one block is expanded to; of more, one stands for all.
pub(super) const MOST: usize = 1_000;

/// The instances of a block: several where `count` or `for_each` is known, and else one of which nobody knows which.
pub(super) fn instances(eval: Eval, block: &Block) -> Vec<Instance> {
    known(eval, block).unwrap_or_else(|| vec![Instance::default()])
}

/// The instances of a block that has `count` or `for_each`, where they are known.
pub(super) fn known(eval: Eval, block: &Block) -> Option<Vec<Instance>> {
    if let Some(count) = block.body.attribute("count") {
        let count = eval.expr(&count.value);
        let many = number(&count).filter(|many| *many <= MOST)?;
        return Some((0..many).map(|index| counted(index, count.at)).collect());
    }
    let each = eval.expr(&block.body.attribute("for_each")?.value);
    members(&each)?
        .into_iter()
        .map(|(key, value)| Some(Instance { key: Some(key), value: Some(value), index: None }))
        .collect()
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

/// Adds the instances of a resource.
pub(super) fn resources(eval: Eval, address: &SmolStr, arguments: &[&str], found: &mut Vec<Resource>) {
    let Some(block) = eval.module.resources.get(address) else { return };
    let waits = address.starts_with("aws_ecs_service.");
    let depends = waits.then(|| dependency::all(eval.configuration, eval.index, block));
    for instance in instances(eval, block) {
        let eval = eval.configuration.eval(eval.index, &instance);
        found.push(Resource {
            address: format_smolstr!("{}{address}{}", eval.module.prefix, suffix(&instance)),
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
