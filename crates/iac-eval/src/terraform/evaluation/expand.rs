//! `count` and `for_each`: expands one block to several instances.

use std::sync::Arc;

use smol_str::format_smolstr;

use crate::address::{Key, ResourceName};
use crate::source::Span;
use crate::syntax::hcl::{Attribute, Block};
use crate::terraform::budget::INSTANCE_COST;
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::evaluation::provider_region::own_region;
use crate::terraform::evaluation::{dependency, resource};
use crate::terraform::memo::Progress;
use crate::terraform::module::Instance;
use crate::terraform::{Arguments, Configuration, ModuleId, Resource, operator};
use crate::value::{More, Node, NodeKind};

/// The argument of `lifecycle` that disables a block.
const ENABLED: &str = "enabled";

/// The maximum number of instances that a block expands to; beyond it, one instance represents all.
const MAX_INSTANCES: usize = 1_000;

/// The instances of a block in a module: all of them if `count` or `for_each` is known, otherwise one that represents
/// all.
pub(super) fn instances(configuration: &Configuration, id: ModuleId, block: &Block) -> Arc<[Instance]> {
    known(configuration, id, block).unwrap_or_else(|| [Instance::default()].into())
}

/// The instances of a block in a module that has `count` or `for_each`; `None` if they are unknown. Evaluated at the
/// first use.
pub(super) fn known(configuration: &Configuration, id: ModuleId, block: &Block) -> Option<Arc<[Instance]>> {
    let (name, argument) = expansion(block)?;
    let at = argument.value.at;
    let expansions = &configuration.modules[id].expansions;
    match expansions.begin(&at) {
        Some(Progress::Done(known)) => return known,
        Some(Progress::Begun) => {
            configuration.report_cycle(id, &name, at);
            return None;
        }
        None => {}
    }
    let nobody = Instance::default();
    let value = || configuration.eval(id, &nobody).expansion().expr(&argument.value);
    let known = configuration.deeper(id, at, value).and_then(|value| made_by(&value, name));
    let known = known.filter(|all| is_within_limits(configuration, id, all.len(), at));
    let known = known.map(Made::instances);
    expansions.finish(at, known.clone());
    known
}

/// What decides how many instances a block has: `count`, `for_each`, or `enabled` in the `lifecycle` block of OpenTofu.
pub(super) fn expansion(block: &Block) -> Option<(&'static str, &Attribute)> {
    let own = ["count", "for_each"].into_iter().find_map(|name| Some((name, block.body.attribute(name)?)));
    own.or_else(|| Some((ENABLED, enabled(block)?)))
}

/// `enabled` in a `lifecycle` block.
fn enabled(block: &Block) -> Option<&Attribute> {
    let lifecycle = block.body.blocks.iter().filter(|inner| inner.kind == "lifecycle");
    lifecycle.flat_map(|lifecycle| lifecycle.body.attribute(ENABLED)).next()
}

/// Returns `false` if a block expands to more instances than are evaluated, which is reported.
pub(super) fn is_within_limits(
    configuration: &Configuration,
    id: ModuleId,
    instances: usize,
    at: Span,
) -> bool {
    if instances > MAX_INSTANCES {
        let message = format!(
            "this block has more than {MAX_INSTANCES} instances; they are checked as one unknown instance"
        );
        configuration.report_limit(id, at, &message);
        return false;
    }
    let is_paid = configuration.budget.spend(instances * INSTANCE_COST).is_some();
    if !is_paid {
        configuration.eval(id, &Instance::default()).over_budget(at);
    }
    is_paid
}

/// The instances that a value of `count` or `for_each` produces.
enum Made {
    Counted(usize, Span),
    Each(Vec<(Node, Node)>),
}

fn made_by(value: &Node, name: &str) -> Option<Made> {
    match name {
        "count" => number(value).map(|many| Made::Counted(many, value.at)),
        // A block that is enabled has its only instance.
        ENABLED => (operator::truth(value) == Some(false)).then(|| Made::Each(Vec::new())),
        _ => members(value).map(Made::Each),
    }
}

impl Made {
    fn len(&self) -> usize {
        match self {
            Made::Counted(many, _) => *many,
            Made::Each(members) => members.len(),
        }
    }

    fn instances(self) -> Arc<[Instance]> {
        match self {
            Made::Counted(many, at) => (0..many).map(|index| counted(index, at)).collect(),
            Made::Each(members) => members
                .into_iter()
                .map(|(key, value)| Instance { key: Some(key), value: Some(value), index: None })
                .collect(),
        }
    }
}

fn counted(index: usize, at: Span) -> Instance {
    Instance {
        index: Some(Node::new(NodeKind::Number(format_smolstr!("{index}")), at)),
        ..Instance::default()
    }
}

fn number(node: &Node) -> Option<usize> {
    match &node.kind {
        NodeKind::Number(text) => text.parse().ok(),
        NodeKind::Bool(_) => None,
        _ => node.as_str()?.parse().ok(),
    }
}

/// The keys and values that `for_each` iterates over. In a set, each member is both. `None` if some are unknown.
pub(super) fn members(each: &Node) -> Option<Vec<(Node, Node)>> {
    let found: Vec<(Node, Node)> = match &each.kind {
        NodeKind::Array(array) if array.more == More::No => array
            .items
            .iter()
            .map(|item| {
                Some((Node { kind: NodeKind::String(item.as_str()?.into()), ..item.clone() }, item.clone()))
            })
            .collect::<Option<_>>()?,
        NodeKind::Object(object) if object.more == More::No => {
            let member = |entry: &crate::value::Entry| {
                (Node::string(entry.key.clone(), entry.key_at), entry.value.clone())
            };
            object.entries.iter().map(member).collect()
        }
        _ => return None,
    };
    Some(found)
}

/// The key that identifies an instance of its block: `[0]`, `["a"]`, or `None`.
pub(super) fn key(instance: &Instance) -> Option<Key> {
    match (&instance.index, &instance.key) {
        (Some(index), _) => number(index).map(Key::Index),
        (None, Some(key)) => Some(Key::Name(key.as_str().unwrap_or_default().into())),
        (None, None) => None,
    }
}

/// Adds the instances of a resource to `found`.
pub(super) fn resources(eval: Eval, name: &ResourceName, arguments: Arguments, found: &mut Vec<Resource>) {
    let Some(block) = eval.module.directory.resource(name) else { return };
    let has_order = eval.configuration.provider.has_order(name);
    let dependencies = has_order.then(|| dependency::all(eval.configuration, eval.id, block));
    for instance in &*instances(eval.configuration, eval.id, block) {
        let eval = eval.configuration.eval(eval.id, instance);
        found.push(Resource {
            address: eval.configuration.address(eval.id, name, key(instance)),
            body: resource::part(eval, &block.body, arguments, block.header),
            ignore_changes: resource::ignore_changes(block),
            dependencies: dependencies.clone(),
            is_conditional: expansion(block).is_some() || block.body.attribute("provider").is_some(),
            header: block.header,
            has_own_provider: ["provider", "region"].iter().any(|name| block.body.attribute(name).is_some()),
            region: own_region(eval, block),
        });
    }
}
