//! The keys of the JSON object that is the value of a secret. Requests contain the keys and never the value.

use crate::syntax::json;
use crate::value::{Array, Entry, Mapped, More, Node, NodeKind, Object, Unknown};

/// The list of the keys, `false` if the value certainly is not a JSON object, or an unknown value.
pub(super) fn of(value: &Node) -> Node {
    let at = crate::source::Span { is_secret: false, ..value.at };
    let kind = match object(value) {
        Some(Some(object)) => {
            let key = |entry: &Entry| Node::string(entry.key.clone(), at);
            let items = object.entries.iter().map(key).collect();
            NodeKind::Array(Array { items, more: object.more }.into())
        }
        Some(None) => NodeKind::Bool(false),
        None => NodeKind::Unknown(Unknown::Expression("the value of a secret".into())),
    };
    Node { kind, at, used: value.used }
}

/// The JSON object in a string; `Some(None)` if there certainly is none.
fn object(value: &Node) -> Option<Option<Object>> {
    if let NodeKind::Text(text) = &value.kind
        && let Some(encoded) = text.json()
    {
        return match &encoded.kind {
            NodeKind::Object(object) => Some(Some((**object).clone())),
            NodeKind::Unknown(_) => None,
            _ => Some(None),
        };
    }
    let mapped = Mapped::string(value)?;
    let text = mapped.text.trim_start();
    let start = mapped.text.len() - text.len();
    if mapped.hole(start).is_none() && !text.is_empty() && !text.starts_with('{') {
        return Some(None);
    }
    if let Some(known) = value.as_str()
        && serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(known).is_err()
    {
        return Some(None);
    }
    let parsed = json::parse(&mapped);
    match parsed.root?.kind {
        NodeKind::Object(object) if parsed.errors.is_empty() => Some(Some((*object).clone())),
        _ => None,
    }
}

/// The keys of a value that Secrets Manager generates: those of a template and one with a random password. Without a template,
/// the value is the password alone.
pub(super) fn generated(request: &Node) -> Node {
    let Some(template) = request.get("SecretStringTemplate") else {
        return Node { kind: NodeKind::Bool(false), ..request.clone() };
    };
    let mut keys = of(template);
    if let NodeKind::Array(array) = &mut keys.kind {
        let array = std::sync::Arc::make_mut(array);
        match request.get("GenerateStringKey") {
            Some(key) if key.as_str().is_some() => array.items.push(key.clone()),
            _ => array.more = More::Maybe,
        }
    }
    keys
}
