//! Type conversion as in Terraform: to the type of a variable, or to a common type of several values.

use smol_str::{SmolStr, format_smolstr};

use crate::syntax::hcl::{Call, Expr, ExprKind};
use crate::terraform::{collection, operator};
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

/// Evaluates an expression within a type.
type Evaluate<'e> = dyn Fn(&Expr) -> Node + 'e;

/// Converts a value to the type of a variable: adds optional members, drops members that the type does not have, and
/// converts scalars. A value whose type is not supported stays as it is. `evaluate` returns the values of member names
/// and defaults. The parser limits the nesting depth of types.
pub(super) fn converted(evaluate: &Evaluate, value: Node, kind: &Expr) -> Node {
    if matches!(value.kind, NodeKind::Null | NodeKind::Unknown(_)) {
        return value;
    }
    match &kind.kind {
        ExprKind::Variable(name) | ExprKind::String(name) => scalar(value, name),
        ExprKind::Call(call) => nested(evaluate, value, call),
        _ => value,
    }
}

/// The list or the object that the text of an option or of the environment is. Terraform reads such a text as an expression, unless
/// the type of the variable is that of a scalar.
pub(super) fn decoded(value: Node, kind: &Expr) -> Node {
    let is_scalar = match &kind.kind {
        ExprKind::Variable(name) | ExprKind::String(name) => is_scalar(name),
        _ => false,
    };
    match &value.kind {
        NodeKind::Text(text) if !is_scalar => text.json().cloned().unwrap_or(value),
        _ => value,
    }
}

fn is_scalar(name: &str) -> bool {
    matches!(name, "string" | "number" | "bool")
}

fn scalar(value: Node, name: &str) -> Node {
    let kind = match name {
        "string" => as_string(&value),
        "number" => match value.as_str() {
            Some(_) => operator::number(&value)
                .and_then(|number| operator::number_node(number, value.at))
                .map(|node| node.kind),
            None => None,
        },
        "bool" => operator::truth(&value).map(NodeKind::Bool),
        _ => None,
    };
    match kind {
        Some(kind) => Node { kind, ..value },
        None if is_scalar(name) && is_collection(&value) => rejected(&value, name),
        None => value,
    }
}

fn is_collection(value: &Node) -> bool {
    matches!(value.kind, NodeKind::Array(_) | NodeKind::Object(_))
}

/// The unknown value of something that Terraform cannot convert to a type.
fn rejected(value: &Node, name: &str) -> Node {
    Node { kind: NodeKind::Unknown(Unknown::Rejected(format_smolstr!("{name} required"))), ..*value }
}

/// Converts a number or a boolean to a string.
fn as_string(value: &Node) -> Option<NodeKind> {
    match &value.kind {
        NodeKind::Number(_) => {
            let number = operator::number_node(operator::number(value)?, value.at)?;
            collection::key(&number).map(NodeKind::String)
        }
        NodeKind::Bool(_) => collection::key(value).map(NodeKind::String),
        _ => None,
    }
}

fn nested(evaluate: &Evaluate, value: Node, call: &Call) -> Node {
    let fits = match (call.name.as_str(), &value.kind) {
        ("list" | "set" | "tuple", kind) => matches!(kind, NodeKind::Array(_)),
        ("map" | "object", kind) => matches!(kind, NodeKind::Object(_)),
        _ => true,
    };
    match (call.name.as_str(), call.args.as_slice()) {
        (name, _) if !fits => rejected(&value, name),
        ("list" | "set", [item]) => items(value, |node| converted(evaluate, node, item)),
        ("map", [item]) => members(value, |node| converted(evaluate, node, item)),
        ("optional", [kind, ..]) => converted(evaluate, value, kind),
        ("object", [Expr { kind: ExprKind::Object(declared), .. }]) => {
            let NodeKind::Object(object) = &value.kind else { return value };
            let mut entries = Vec::with_capacity(declared.len());
            for member in declared {
                // A name is unknown only if the budget is exhausted.
                let Some(name) = collection::key(&evaluate(&member.key)) else { return value };
                entries.extend(attribute(evaluate, object, &value, name, &member.value));
            }
            Node { kind: NodeKind::Object(Object { entries, ..Object::clone(object) }.into()), ..value }
        }
        _ => value,
    }
}

/// A member of an object type: the value's member, or the default.
fn attribute(
    evaluate: &Evaluate,
    object: &Object,
    value: &Node,
    name: SmolStr,
    kind: &Expr,
) -> Option<Entry> {
    let default = match &kind.kind {
        ExprKind::Call(Call { name, args, .. }) if name == "optional" => Some(args.get(1)),
        _ => None,
    };
    let absent = || match default? {
        Some(default) => Some(evaluate(default)),
        None => Some(Node::new(NodeKind::Null, value.at)),
    };
    let written = object.entries.iter().rev().find(|entry| entry.key == name);
    match written {
        Some(entry) if matches!(entry.value.kind, NodeKind::Null) => {
            let value = absent().unwrap_or_else(|| entry.value.clone());
            Some(Entry { value: converted(evaluate, value, kind), ..entry.clone() })
        }
        Some(entry) => Some(Entry { value: converted(evaluate, entry.value.clone(), kind), ..entry.clone() }),
        // An unknown member may have this key.
        None if object.more == More::Maybe => {
            let unknown = Unknown::Expression(SmolStr::new_static("more members"));
            Some(Entry::new(name, value.at, Node::unknown(unknown, value.at)))
        }
        None => Some(Entry::new(name, value.at, converted(evaluate, absent()?, kind))),
    }
}

fn items(value: Node, change: impl Fn(Node) -> Node) -> Node {
    let NodeKind::Array(array) = &value.kind else { return value };
    let items = array.items.iter().cloned().map(change).collect();
    Node { kind: NodeKind::Array(Array { items, more: array.more }.into()), ..value }
}

fn members(value: Node, change: impl Fn(Node) -> Node) -> Node {
    let NodeKind::Object(object) = &value.kind else { return value };
    let mut object = Object::clone(object);
    for entry in &mut object.entries {
        entry.value = change(entry.value.clone());
    }
    Node { kind: NodeKind::Object(object.into()), ..value }
}

/// Converts two values to a common type, as for the results of a conditional expression.
pub(super) fn of_one(left: Node, right: Node) -> (Node, Node) {
    let mut both = unified(vec![left.clone(), right.clone()]).into_iter();
    (both.next().unwrap_or(left), both.next().unwrap_or(right))
}

/// Converts values to a common type: numbers and booleans among strings become strings.
pub(super) fn unified(values: Vec<Node>) -> Vec<Node> {
    let has = |is: fn(&NodeKind) -> bool| values.iter().any(|value| is(&value.kind));
    let strings = has(|kind| matches!(kind, NodeKind::String(_) | NodeKind::Text(_)));
    let others = has(|kind| matches!(kind, NodeKind::Number(_) | NodeKind::Bool(_)));
    let lists = has(|kind| matches!(kind, NodeKind::Array(_)));
    let objects = has(|kind| matches!(kind, NodeKind::Object(_)));
    match (strings && others, lists, objects) {
        (true, false, false) => values.into_iter().map(|value| scalar(value, "string")).collect(),
        (false, true, false) if !strings && !others => unify_lists(values),
        (false, false, true) if !strings && !others => unify_objects(values),
        _ => values,
    }
}

fn unify_lists(values: Vec<Node>) -> Vec<Node> {
    let all =
        values.iter().filter_map(Node::as_array).flat_map(|array| array.items.iter().cloned()).collect();
    let mut all = unified(all).into_iter();
    values
        .into_iter()
        .map(|value| {
            let NodeKind::Array(array) = &value.kind else { return value };
            let items = all.by_ref().take(array.items.len()).collect();
            Node { kind: NodeKind::Array(Array { items, more: array.more }.into()), ..value }
        })
        .collect()
}

fn unify_objects(mut values: Vec<Node>) -> Vec<Node> {
    let mut keys: Vec<SmolStr> = values
        .iter()
        .filter_map(Node::as_object)
        .flat_map(|object| object.entries.iter().map(|entry| entry.key.clone()))
        .collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let members = values.iter().filter_map(|value| value.get(&key).cloned()).collect();
        let mut members = unified(members).into_iter();
        for value in values.iter_mut().filter(|value| value.get(&key).is_some()) {
            let (NodeKind::Object(object), Some(member)) = (&mut value.kind, members.next()) else {
                continue;
            };
            let entry =
                std::sync::Arc::make_mut(object).entries.iter_mut().rev().find(|entry| entry.key == key);
            if let Some(entry) = entry {
                entry.value = member;
            }
        }
    }
    values
}

/// Converts the members of a list or a map to a common type.
pub(super) fn of_one_type(value: &Node) -> Node {
    match &value.kind {
        NodeKind::Array(array) => {
            let items = unified(array.items.clone());
            Node { kind: NodeKind::Array(Array { items, more: array.more }.into()), ..value.clone() }
        }
        NodeKind::Object(object) => {
            let values = unified(object.entries.iter().map(|entry| entry.value.clone()).collect());
            let mut object = Object::clone(object);
            for (entry, value) in object.entries.iter_mut().zip(values) {
                entry.value = value;
            }
            Node { kind: NodeKind::Object(object.into()), ..value.clone() }
        }
        _ => value.clone(),
    }
}
