//! Marks the values that a plan declares as sensitive.

use std::sync::Arc;

use crate::value::{Entry, Node, NodeKind};

/// Members of a plan with values, and the members that say which parts of them are sensitive.
const VALUES: &[(&str, &str)] =
    &[("values", "sensitive_values"), ("after", "after_sensitive"), ("before", "before_sensitive")];

/// The plan, with marks on the values that it declares as sensitive.
pub fn marked(mut plan: Node) -> Node {
    let declared = plan
        .get("configuration")
        .and_then(|all| all.get("root_module"))
        .and_then(|module| module.get("variables"))
        .cloned();
    mark_all(&mut plan);
    let is_sensitive = |entry: &&Entry| is_true(entry.value.get("sensitive"));
    let variables = declared.as_ref().and_then(Node::as_object);
    for variable in variables.into_iter().flat_map(|all| &all.entries).filter(is_sensitive) {
        let value = member(&mut plan, "variables")
            .and_then(|all| member(all, &variable.key))
            .and_then(|given| member(given, "value"));
        value.into_iter().for_each(mark);
    }
    plan
}

/// Marks all sensitive values in a part of a plan.
fn mark_all(node: &mut Node) {
    if let NodeKind::Array(array) = &mut node.kind {
        Arc::make_mut(array).items.iter_mut().for_each(mark_all);
        return;
    }
    if node.as_object().is_none() {
        return;
    }
    for (values, sensitive) in VALUES {
        if let Some(sensitive) = node.get(sensitive).cloned() {
            member(node, values).into_iter().for_each(|value| mark_by(value, &sensitive));
        }
    }
    if is_true(node.get("sensitive")) {
        ["value", "default"].iter().for_each(|key| member(node, key).into_iter().for_each(mark));
    }
    if let NodeKind::Object(object) = &mut node.kind {
        Arc::make_mut(object).entries.iter_mut().for_each(|entry| mark_all(&mut entry.value));
    }
}

/// Marks the parts of a value that are `true` in a tree of the same shape.
fn mark_by(value: &mut Node, sensitive: &Node) {
    match &sensitive.kind {
        NodeKind::Bool(true) => mark(value),
        NodeKind::Object(parts) => {
            for part in &parts.entries {
                member(value, &part.key).into_iter().for_each(|value| mark_by(value, &part.value));
            }
        }
        NodeKind::Array(parts) => {
            if let NodeKind::Array(values) = &mut value.kind {
                let items = &mut Arc::make_mut(values).items;
                items.iter_mut().zip(&parts.items).for_each(|(value, part)| mark_by(value, part));
            }
        }
        _ => {}
    }
}

fn mark(value: &mut Node) {
    let kind = std::mem::replace(&mut value.kind, NodeKind::Null);
    *value = Node { kind, ..value.clone() }.as_secret();
}

fn member<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let NodeKind::Object(object) = &mut node.kind else { return None };
    let entry = Arc::make_mut(object).entries.iter_mut().rev().find(|entry| entry.key == key);
    entry.map(|entry| &mut entry.value)
}

fn is_true(node: Option<&Node>) -> bool {
    node.is_some_and(|node| node.kind == NodeKind::Bool(true))
}
