//! `for` expressions and splats.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::hcl::{For, Step};
use crate::terraform::evaluation::eval::{Bindings, Eval};
use crate::terraform::evaluation::whole;
use crate::terraform::{collection, operator};
use crate::value::{Array, Entry, More, Node, NodeKind, Object};

/// Evaluates `[for …]` and `{for …}`. If the collection is not fully known, the result is open.
pub(super) fn for_expr(eval: Eval, all: &For, at: Span) -> Node {
    let list = eval.expr(&all.list);
    let members = collection::members(&list).or_else(|| whole::some_member(&list));
    let Some((members, mut more)) = members else { return eval.unknown(at) };
    let mut made: Vec<(Option<SmolStr>, Node)> = Vec::new();
    let mut taken: FxHashSet<SmolStr> = FxHashSet::default();
    for (key_node, value) in &members {
        let values = Bindings { name: &all.value, value, around: eval.bindings };
        let key_name = all.key.as_deref().unwrap_or("");
        let keys = Bindings { name: key_name, value: key_node, around: Some(&values) };
        let eval = Eval { bindings: Some(&keys), ..eval };
        match all.filter.as_ref().map_or(Some(true), |filter| operator::truth(&eval.expr(filter))) {
            Some(true) => {}
            Some(false) => continue,
            None => {
                more = More::Maybe;
                continue;
            }
        }
        let key = all.key_expr.as_ref().map(|expr| collection::key(&eval.expr(expr)));
        match key {
            Some(None) => more = More::Maybe,
            Some(Some(key)) if !taken.insert(key.clone()) && !all.group => {
                return eval.reject(
                    format!("two different items produced the key `{key}` in this `for` expression"),
                    at,
                );
            }
            Some(Some(key)) => {
                let value = eval.named(&key, eval.expr(&all.value_expr));
                made.push((Some(key), value));
            }
            None => made.push((None, eval.expr(&all.value_expr))),
        }
    }
    match all.key_expr {
        Some(_) => {
            let entries =
                made.into_iter().filter_map(|(key, value)| Some(Entry::new(key?, value.at, value))).collect();
            let entries = if all.group { grouped(entries, more, at) } else { entries };
            Node::new(NodeKind::Object(Object { entries, more, ..Object::default() }.into()), at)
        }
        None => {
            let items = made.into_iter().map(|(_, value)| value).collect();
            Node::new(NodeKind::Array(Array { items, more }.into()), at)
        }
    }
}

/// Groups the values of each key into a list: `{for … : key => value...}`.
fn grouped(entries: Vec<Entry>, more: More, at: Span) -> Vec<Entry> {
    let mut groups: Vec<(Entry, Vec<Node>)> = Vec::new();
    let mut known: FxHashMap<SmolStr, usize> = FxHashMap::default();
    for entry in entries {
        let index = *known.entry(entry.key.clone()).or_insert(groups.len());
        match groups.get_mut(index) {
            Some((_, values)) => values.push(entry.value),
            None => groups.push((entry.clone(), vec![entry.value])),
        }
    }
    let list = |(first, items): (Entry, Vec<Node>)| {
        let value = Node::new(NodeKind::Array(Array { items, more }.into()), at);
        Entry { value, ..first }
    };
    groups.into_iter().map(list).collect()
}

/// Evaluates `value[*].rest`: of a list, each item; of any other known value, a list that contains only it.
pub(super) fn splat(eval: Eval, value: &Node, rest: &[Step], at: Span) -> Node {
    let array = match &value.kind {
        NodeKind::Array(array) if eval.spend(array.items.len()).is_none() => return eval.over_budget(at),
        NodeKind::Array(array) => Array {
            items: array.items.iter().map(|item| eval.steps(item.clone(), rest, at)).collect(),
            more: array.more,
        },
        NodeKind::Null => Array::default(),
        NodeKind::Unknown(_) => return eval.unknown_splat(value, rest, at),
        _ => Array { items: vec![eval.steps(value.clone(), rest, at)], more: More::No },
    };
    Node::new(NodeKind::Array(array.into()), at)
}

impl Eval<'_, '_> {
    /// A splat of an unknown value: unknown, with the name of the splat.
    fn unknown_splat(self, value: &Node, rest: &[Step], at: Span) -> Node {
        self.steps(Node { at, ..value.clone() }, rest, at)
    }
}
