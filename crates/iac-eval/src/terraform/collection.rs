//! Lists and objects: `for`, splats, and what functions do with them.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::source::Span;
use crate::syntax::hcl::{For, Step};
use crate::terraform::eval::{Eval, Names};
use crate::terraform::operator;
use crate::value::{Array, Entry, More, Node, NodeKind, Object};

/// The most items that a list or a string of parts may have. Locals that are made of each other twice grow without end.
pub(super) const MAX_ITEMS: usize = 10_000;

/// A value as the key of an object.
pub(super) fn key(node: &Node) -> Option<SmolStr> {
    match &node.kind {
        NodeKind::Number(text) => Some(text.clone()),
        NodeKind::Bool(value) => Some(if *value { "true".into() } else { "false".into() }),
        _ => node.as_str().map(SmolStr::from),
    }
}

/// `[for …]` and `{for …}`. What it goes through need not be known in full: the result is open then.
pub(super) fn for_expr(eval: Eval, all: &For, at: Span) -> Node {
    let list = eval.expr(&all.list);
    let Some((members, mut more)) = members(&list) else { return eval.unknown(at) };
    let mut made: Vec<(Option<SmolStr>, Node)> = Vec::new();
    let mut taken: FxHashSet<SmolStr> = FxHashSet::default();
    for (key_node, value) in &members {
        let values = Names { name: &all.value, value, around: eval.names };
        let key_name = all.key.as_deref().unwrap_or("");
        let keys = Names { name: key_name, value: key_node, around: Some(&values) };
        let eval = Eval { names: Some(&keys), ..eval };
        match all.filter.as_ref().map_or(Some(true), |filter| operator::truth(&eval.expr(filter))) {
            Some(true) => {}
            Some(false) => continue,
            None => {
                more = More::Maybe;
                continue;
            }
        }
        let key = all.key_expr.as_ref().map(|expr| key(&eval.expr(expr)));
        match key {
            Some(None) => more = More::Maybe,
            Some(Some(key)) if !taken.insert(key.clone()) && !all.group => {
                return eval.refuse(format!("two items of this `for` have the key `{key}`"), at);
            }
            Some(Some(key)) => made.push((Some(key), eval.expr(&all.value_expr))),
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

/// The values of one key as a list: `{for … : key => value...}`.
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

/// The keys and values of a collection that are known, and whether there may be more. Objects go in the order of their
/// keys, as Terraform has it.
fn members(list: &Node) -> Option<(Vec<(Node, Node)>, More)> {
    let (found, more): (Vec<(Node, Node)>, More) = match &list.kind {
        NodeKind::Array(array) => {
            let member = |(index, item): (usize, &Node)| {
                (Node::new(NodeKind::Number(smol_str::format_smolstr!("{index}")), item.at), item.clone())
            };
            (array.items.iter().enumerate().map(member).collect(), array.more)
        }
        NodeKind::Object(object) => {
            let mut entries: Vec<&Entry> = object.entries.iter().collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            let member = |entry: &Entry| (Node::string(entry.key.clone(), entry.key_at), entry.value.clone());
            (entries.into_iter().map(member).collect(), object.more)
        }
        _ => return None,
    };
    (found.len() <= MAX_ITEMS).then_some((found, more))
}

/// The keys and values of a collection that is known in full.
pub(super) fn known_members(list: &Node) -> Option<Vec<(Node, Node)>> {
    members(list).filter(|(_, more)| *more == More::No).map(|(members, _)| members)
}

/// `value[*].rest`: of a list, each item; of anything else that is known, a list of it alone.
pub(super) fn splat(eval: Eval, value: &Node, rest: &[Step], at: Span) -> Node {
    let array = match &value.kind {
        NodeKind::Array(array) if eval.spend(array.items.len()).is_none() => return eval.too_much(at),
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
    /// A splat of something unknown: unknown under its name.
    fn unknown_splat(self, value: &Node, rest: &[Step], at: Span) -> Node {
        self.steps(Node { at, ..value.clone() }, rest, at)
    }
}

/// The lists as one; what is not a list that is known leaves it open.
pub(super) fn concat(lists: &[Node], at: Span) -> Option<Node> {
    let mut all = Array::default();
    for list in lists {
        match &list.kind {
            NodeKind::Array(array) => {
                all.items.extend(array.items.iter().cloned());
                if array.more == More::Maybe {
                    all.more = More::Maybe;
                }
            }
            _ => all.more = More::Maybe,
        }
    }
    (all.items.len() <= MAX_ITEMS).then(|| Node::new(NodeKind::Array(all.into()), at))
}

/// The objects as one; of members with one key the last counts, and what is not known may change any before it.
pub(super) fn merge(objects: &[Node], at: Span) -> Option<Node> {
    let mut all = Object::default();
    for object in objects {
        match &object.kind {
            NodeKind::Object(object) => {
                let later: FxHashSet<&str> = object.entries.iter().map(|entry| entry.key.as_str()).collect();
                all.entries.retain(|entry| !later.contains(entry.key.as_str()));
                if object.more == More::Maybe {
                    all = Object { more: More::Maybe, ..Object::default() };
                }
                all.entries.extend(object.entries.iter().cloned());
            }
            NodeKind::Null => {}
            _ => all = Object { more: More::Maybe, ..Object::default() },
        }
    }
    (all.entries.len() <= MAX_ITEMS).then(|| Node::new(NodeKind::Object(all.into()), at))
}

/// The items of lists within a list, at any depth, as one list.
pub(super) fn flatten(list: &Node, at: Span) -> Option<Node> {
    let mut all = Array::default();
    flatten_into(list, &mut all)?;
    Some(Node::new(NodeKind::Array(all.into()), at))
}

fn flatten_into(node: &Node, all: &mut Array) -> Option<()> {
    match &node.kind {
        NodeKind::Array(array) => {
            if array.more == More::Maybe {
                all.more = More::Maybe;
            }
            array.items.iter().try_for_each(|item| flatten_into(item, all))
        }
        NodeKind::Unknown(_) => {
            all.more = More::Maybe;
            Some(())
        }
        _ => {
            all.items.push(node.clone());
            (all.items.len() <= MAX_ITEMS).then_some(())
        }
    }
}

/// The number of items, where all are known to be there.
pub(super) fn length(value: &Node) -> Option<usize> {
    match &value.kind {
        NodeKind::Array(array) if array.more == More::No => Some(array.items.len()),
        NodeKind::Object(object) if object.more == More::No => {
            let mut keys: Vec<&str> = object.entries.iter().map(|entry| entry.key.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            Some(keys.len())
        }
        _ => Some(value.as_str()?.graphemes(true).count()),
    }
}
