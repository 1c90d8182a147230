//! Functions on sets, and on lists as tables. Sets contain strings, sorted as in Terraform.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::source::Span;
use crate::terraform::budget::COMPARISONS_PER_UNIT;
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::list::{entries, toset};
use crate::terraform::functions::{closed, string::string};
use crate::terraform::operator;
use crate::terraform::rejection::rejected;
use crate::value::{Entry, More, Node, NodeKind};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    match (name, args) {
        ("setunion", sets) => {
            let items = sets.iter().map(strings).collect::<Option<Vec<_>>>()?.concat();
            Some(toset(&Node::array(items, at)))
        }
        ("setintersection", [first, rest @ ..]) => {
            kept(first, rest, at, |inside| inside.iter().all(|is| *is))
        }
        ("setsubtract", [first, rest]) => {
            kept(first, std::slice::from_ref(rest), at, |inside| inside.iter().all(|is| !is))
        }
        ("setproduct", sets) => product(call, sets, at),
        ("chunklist", [list, size]) => chunks(list, operator::whole(size)?, at),
        ("alltrue", [list]) => all(list, true, at),
        ("anytrue", [list]) => all(list, false, at),
        ("index", [list, item]) => index(list, item, at),
        ("matchkeys", [values, keys, search]) => matchkeys(call, values, keys, search, at),
        ("transpose", [object]) => transpose(object, at),
        _ => None,
    }
}

/// The items of a list; `None` unless all are known strings.
fn strings(list: &Node) -> Option<Vec<Node>> {
    let items = &closed(list)?.items;
    items.iter().map(|item| item.as_str().map(|_| item.clone())).collect()
}

/// The items of a set for which `keep` returns `true`, given whether each of the other sets contains the item.
fn kept(first: &Node, others: &[Node], at: Span, keep: fn(&[bool]) -> bool) -> Option<Node> {
    let others = others.iter().map(strings).collect::<Option<Vec<_>>>()?;
    let set = |items: &Vec<Node>| -> FxHashSet<SmolStr> {
        items.iter().filter_map(|item| item.as_str().map(SmolStr::from)).collect()
    };
    let others: Vec<_> = others.iter().map(set).collect();
    let is_kept = |item: &Node| {
        let inside: Vec<bool> =
            others.iter().map(|set| item.as_str().is_some_and(|text| set.contains(text))).collect();
        keep(&inside)
    };
    let items = strings(first)?.into_iter().filter(is_kept).collect();
    Some(toset(&Node::array(items, at)))
}

fn product(call: &FunctionCall, sets: &[Node], at: Span) -> Option<Node> {
    let lists = sets.iter().map(|set| Some(&closed(set)?.items)).collect::<Option<Vec<_>>>()?;
    let many = lists.iter().fold(lists.len(), |many, list| many.saturating_mul(list.len()));
    call.at_most(many)?;
    let mut rows: Vec<Vec<Node>> = vec![Vec::new()];
    for list in lists {
        let longer = |row: &Vec<Node>| {
            list.iter().map(|item| [row.as_slice(), std::slice::from_ref(item)].concat()).collect::<Vec<_>>()
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    Some(Node::array(rows.into_iter().map(|row| Node::array(row, at)).collect(), at))
}

fn chunks(list: &Node, size: i64, at: Span) -> Option<Node> {
    let items = &closed(list)?.items;
    let size = usize::try_from(size).ok()?;
    let size = if size == 0 { items.len().max(1) } else { size };
    Some(Node::array(items.chunks(size).map(|chunk| Node::array(chunk.to_vec(), at)).collect(), at))
}

/// `alltrue`, or `anytrue` if `wanted` is false. One item can decide the result even if others are unknown.
fn all(list: &Node, wanted: bool, at: Span) -> Option<Node> {
    let array = list.as_array()?;
    let truths: Vec<Option<bool>> = array
        .items
        .iter()
        .map(|item| if matches!(item.kind, NodeKind::Null) { Some(false) } else { operator::truth(item) })
        .collect();
    let answer = match truths.contains(&Some(!wanted)) {
        true => !wanted,
        false if array.more == More::No && !truths.contains(&None) => wanted,
        false => return None,
    };
    Some(Node::new(NodeKind::Bool(answer), at))
}

fn index(list: &Node, item: &Node, at: Span) -> Option<Node> {
    for (index, known) in closed(list)?.items.iter().enumerate() {
        if operator::equal(known, item)? {
            return Some(Node::new(NodeKind::Number(smol_str::format_smolstr!("{index}")), at));
        }
    }
    Some(rejected("`index` did not find the item", at))
}

fn matchkeys(call: &FunctionCall, values: &Node, keys: &Node, search: &Node, at: Span) -> Option<Node> {
    let (values, keys, search) = (closed(values)?, closed(keys)?, closed(search)?);
    call.spend(keys.items.len().saturating_mul(search.items.len()) / COMPARISONS_PER_UNIT)?;
    let mut found = Vec::new();
    for (value, key) in values.items.iter().zip(&keys.items) {
        let equal =
            search.items.iter().map(|wanted| operator::equal(key, wanted)).collect::<Option<Vec<_>>>()?;
        if equal.contains(&true) {
            found.push(value.clone());
        }
    }
    Some(Node::array(found, at))
}

fn transpose(object: &Node, at: Span) -> Option<Node> {
    let mut turned: std::collections::BTreeMap<String, Vec<Node>> = std::collections::BTreeMap::new();
    for entry in entries(object)? {
        for value in &closed(&entry.value)?.items {
            turned.entry(string(value)?).or_default().push(Node::string(entry.key.clone(), entry.key_at));
        }
    }
    let entry = |(key, keys): (String, Vec<Node>)| Entry::new(key, at, Node::array(keys, at));
    Some(Node::object(turned.into_iter().map(entry).collect(), at))
}
