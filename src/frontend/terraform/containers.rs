//! Container definitions in forms that the provider rejects but whose meaning is certain: without `jsonencode`, as one
//! object or a whole request, in nested lists, or encoded twice. They are reported and read as intended.

use crate::source::{Sources, Span};
use crate::syntax::{Label, SyntaxError};
use crate::terraform::parse_json;
use crate::value::{Array, BLOCKS, Dialect, Entry, More, Node, NodeKind, Object, Unknown};

/// The keys that a container has, and a map of containers by name does not.
const OF_CONTAINER: [&str; 3] = ["image", "name", "essential"];

/// Containers that are not encoded yet: the types of their values are not final.
static UNENCODED: Dialect = Dialect { name: "unencoded containers", ..BLOCKS };

/// The container definitions as intended, and the error with which Terraform rejects them.
pub(super) type Read = (Node, Option<SyntaxError>);

/// Reads the decoded value of `container_definitions`.
pub(super) fn decoded(sources: &Sources, root: Node) -> Read {
    match &root.kind {
        NodeKind::Object(object) => of_object(&root, object),
        NodeKind::Array(array) => of_list(sources, &root, array),
        NodeKind::String(_) | NodeKind::Text(_) => encoded_twice(sources, root),
        _ => (root, None),
    }
}

/// Reads a value of `container_definitions` that is not a string.
pub(super) fn unencoded(argument: &Entry) -> Read {
    let (name, value) = (&argument.written, &argument.value);
    let (form, list) = match &value.kind {
        NodeKind::Array(array) if array.items.iter().any(is_block) => {
            let message = format!("`{name}` is an argument and not a block");
            let help = format!("write `{name} = jsonencode([{{ … }}])`");
            let error = SyntaxError { help: Some(help), ..SyntaxError::rejected(argument.key_at, message) };
            return (Node::unknown(Unknown::Expression(name.clone()), value.at), Some(error));
        }
        NodeKind::Array(_) => ("a list", value.clone()),
        NodeKind::Object(object) => ("an object", of_object(value, object).0),
        _ => return (value.clone(), None),
    };
    let message = format!("`{name}` must be a string of JSON (got {form})");
    let error = rejected(value, message, format!("encode it: `{name} = jsonencode(…)`"));
    (untyped(list), Some(error))
}

/// Returns `true` for the content of a block, which does not have the keys of the API.
fn is_block(item: &Node) -> bool {
    item.as_object().is_some_and(|object| object.dialect.has_blocks)
}

/// A value whose scalars can still be converted.
fn untyped(node: Node) -> Node {
    node.with_each(|inner| untyped(inner.clone())).in_dialect(&UNENCODED)
}

fn of_object(root: &Node, object: &Object) -> Read {
    let whole = object.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case("containerDefinitions"));
    let is_container = OF_CONTAINER.iter().any(|key| root.entry(key).is_some());
    let (read, help) = match whole {
        Some(entry) => (entry.value.clone(), format!("encode only the list in `{}`", entry.written)),
        None if is_container => {
            (list(root, vec![root.clone()], More::No), "put the container in a list: `[{ … }]`".to_owned())
        }
        None => {
            let items = object.entries.iter().map(|entry| entry.value.clone()).collect();
            (list(root, items, object.more), "write a list of containers (`[…]`)".to_owned())
        }
    };
    let message = "`container_definitions` must be a list of containers (got an object)";
    (read, Some(rejected(root, message, help)))
}

fn of_list(sources: &Sources, root: &Node, array: &Array) -> Read {
    let mut read = Array { items: Vec::with_capacity(array.items.len()), more: array.more };
    let mut error = None;
    for (index, item) in array.items.iter().enumerate() {
        let mut reject = |form: &str, help: &str| {
            let message = format!("`container_definitions[{index}]` must be a container (got {form})");
            error.get_or_insert_with(|| rejected(item, message, help));
        };
        if let NodeKind::Array(inner) = &item.kind {
            reject("a list", "remove these brackets, or join lists with `concat`");
            read.items.extend(inner.items.iter().cloned());
            read.more = if inner.more == More::Maybe { More::Maybe } else { read.more };
        } else if let Some(object) = encoded_object(sources, item) {
            reject("a string of JSON", "encode only the list, and not each container");
            read.items.push(object);
        } else {
            read.items.push(item.clone());
        }
    }
    match error {
        Some(error) => (list(root, read.items, read.more), Some(error)),
        None => (root.clone(), None),
    }
}

/// The object that an item of the list encodes again.
fn encoded_object(sources: &Sources, item: &Node) -> Option<Node> {
    let is_text = matches!(item.kind, NodeKind::String(_) | NodeKind::Text(_));
    let root = is_text.then(|| parse_json(sources, item))??.root;
    root.filter(|root| root.as_object().is_some())
}

fn encoded_twice(sources: &Sources, root: Node) -> Read {
    let inner = parse_json(sources, &root).and_then(|parsed| parsed.root);
    let Some(inner) = inner.filter(|inner| inner.as_array().is_some() || inner.as_object().is_some()) else {
        return (root, None);
    };
    let help = "remove `jsonencode` around this value, which is already a string of JSON";
    let error = rejected(&root, "`container_definitions` is encoded twice", help);
    (decoded(sources, inner).0, Some(error))
}

/// A list of these items in place of another value.
fn list(root: &Node, items: Vec<Node>, more: More) -> Node {
    Node { kind: NodeKind::Array(Array { items, more }.into()), ..root.clone() }
}

/// An error at the place where a value is used: where it was written, it can be right for another use.
fn rejected(node: &Node, message: impl Into<String>, help: impl Into<String>) -> SyntaxError {
    let opening = Span { end: node.at.start + 1, ..node.at };
    let is_text = matches!(node.kind, NodeKind::String(_) | NodeKind::Text(_));
    let written = if is_text { node.at } else { opening };
    let label = |_| Label { span: written, message: "written here".to_owned() };
    let error = SyntaxError::rejected(node.used.unwrap_or(written), message);
    SyntaxError { help: Some(help.into()), labels: node.used.map(label).into_iter().collect(), ..error }
}
