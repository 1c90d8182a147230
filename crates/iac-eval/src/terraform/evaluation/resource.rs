//! Evaluates the body of a resource as one object: arguments as members, and each type of block as a list.

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::hcl::{Attribute, Block, Body, Expr, ExprKind};
use crate::terraform::evaluation::eval::{Bindings, Eval};
use crate::terraform::evaluation::expand;
use crate::terraform::{Arguments, META_ARGUMENTS, META_BLOCKS};
use crate::value::{Array, BLOCKS, Entry, More, Node, NodeKind, Object};

/// The arguments and blocks of a resource, of which only the requested ones are evaluated.
pub(super) fn part(eval: Eval, body: &Body, wanted: Arguments, at: Span) -> Node {
    let made = eval.limited(make(eval, body, META_ARGUMENTS, &|name| wanted.contains(name), at));
    match made.kind {
        // If the body is too large, all that is known is that the resource exists.
        NodeKind::Unknown(_) => {
            let object = Object { more: More::Maybe, dialect: &BLOCKS, ..Object::default() };
            Node::new(NodeKind::Object(object.into()), at)
        }
        _ => made,
    }
}

/// Evaluates the arguments and blocks of a resource.
pub(super) fn body(eval: Eval, body: &Body, at: Span) -> Node {
    make(eval, body, META_ARGUMENTS, &|_| true, at)
}

/// Evaluates the arguments and blocks of a nested block, which has no arguments of Terraform itself.
fn nested(eval: Eval, body: &Body, at: Span) -> Node {
    make(eval, body, &[], &|_| true, at)
}

/// Evaluates the arguments and blocks of a body, except the arguments of Terraform itself.
fn make(eval: Eval, body: &Body, own: &[&str], is_wanted: &dyn Fn(&str) -> bool, at: Span) -> Node {
    let value = |argument: &Attribute| {
        if is_wanted(&argument.name) {
            eval.named(&argument.name, eval.expr(&argument.value))
        } else {
            eval.unknown(argument.value.at)
        }
    };
    let arguments = body.attributes.iter().filter(|argument| !own.contains(&argument.name.as_str()));
    let mut entries: Vec<Entry> = arguments
        .map(|argument| Entry::new(argument.name.clone(), argument.name_at, value(argument)))
        .collect();
    entries.extend(blocks(eval, body, is_wanted));
    let object = Object { entries, more: body.more, dialect: &BLOCKS };
    Node::new(NodeKind::Object(object.into()), at)
}

/// The nested blocks of a body: one list for each type, in the order in which the types first occur.
fn blocks(eval: Eval, all: &Body, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Entry> {
    let mut kinds: Vec<(SmolStr, Span, Array)> = Vec::new();
    for block in all.blocks.iter().filter(|block| !META_BLOCKS.contains(&block.kind.as_str())) {
        let kind = match block.labels.first() {
            Some(label) if block.kind == "dynamic" => label,
            _ => &block.kind,
        };
        let index = kinds.iter().position(|(known, ..)| known == kind).unwrap_or(kinds.len());
        if index == kinds.len() {
            kinds.push((kind.clone(), block.header, Array::default()));
        }
        let array = &mut kinds[index].2;
        match block.kind.as_str() {
            _ if !is_wanted(kind) => array.more = More::Maybe,
            "dynamic" => dynamic(eval, block, kind, array),
            _ => array.items.push(nested(eval, &block.body, block.header)),
        }
    }
    let list = |(kind, at, array): (SmolStr, Span, Array)| {
        Entry::new(kind, at, Node::new(NodeKind::Array(array.into()), at))
    };
    kinds.into_iter().map(list).collect()
}

/// Adds the blocks that a `dynamic` block generates. If its collection is unknown, there may be any number.
fn dynamic(eval: Eval, block: &Block, kind: &SmolStr, array: &mut Array) {
    let content = block.body.blocks.iter().find(|inner| inner.kind == "content");
    let each = block.body.attribute("for_each").map(|each| eval.expr(&each.value));
    let iterator = match block.body.attribute("iterator").map(|iterator| &iterator.value.kind) {
        Some(ExprKind::Variable(name) | ExprKind::String(name)) => name.clone(),
        _ => kind.clone(),
    };
    let members = each.as_ref().and_then(members);
    let members = members
        .filter(|members| expand::is_within_limits(eval.configuration, eval.id, members.len(), block.header));
    let Some((content, members)) = content.zip(members) else {
        array.more = More::Maybe;
        return;
    };
    for (key, value) in members {
        let at = content.header;
        let entries = vec![Entry::new("key", at, key), Entry::new("value", at, value)];
        let bindings = Bindings { name: &iterator, value: &Node::object(entries, at), around: eval.bindings };
        array.items.push(nested(Eval { bindings: Some(&bindings), ..eval }, &content.body, block.header));
    }
}

/// The members that a `dynamic` block iterates over: like `for_each`, and lists with their indexes, too.
fn members(each: &Node) -> Option<Vec<(Node, Node)>> {
    match &each.kind {
        NodeKind::Array(array) if array.more == More::No => {
            let member = |(index, item): (usize, &Node)| {
                (Node::new(NodeKind::Number(smol_str::format_smolstr!("{index}")), item.at), item.clone())
            };
            Some(array.items.iter().enumerate().map(member).collect())
        }
        _ => expand::members(each),
    }
}

/// The arguments named in `lifecycle { ignore_changes = [a, b] }`.
pub(super) fn ignore_changes(block: &Block) -> Vec<SmolStr> {
    let lifecycles = block.body.blocks.iter().filter(|inner| inner.kind == "lifecycle");
    let named = lifecycles.filter_map(|lifecycle| lifecycle.body.attribute("ignore_changes"));
    named.flat_map(|attribute| names(&attribute.value)).collect()
}

/// The first names of the references in a list. Very old configurations quote them.
fn names(expr: &Expr) -> Vec<SmolStr> {
    match &expr.kind {
        ExprKind::Array(items) => items.iter().flat_map(names).collect(),
        ExprKind::Variable(name) | ExprKind::String(name) => vec![name.clone()],
        ExprKind::Traversal(base, _) => names(base),
        _ => Vec::new(),
    }
}
