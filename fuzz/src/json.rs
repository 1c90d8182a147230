//! JSON: every place is valid, and if a strict parser accepts a text, the value is the same.

use ecslint::source::Sources;
use ecslint::syntax::SyntaxErrorKind;
use ecslint::syntax::{hcl, json, yaml};
use ecslint::value::{Mapped, More, Node, NodeKind};
use serde_json::Value;

use crate::holds;

/// Parses a text as JSON, as Terraform's JSON syntax, and as YAML.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = Sources::new("/").add("/nowhere/task.json".as_ref(), "");
    let mapped = Mapped::file(file, text);
    let parsed = json::parse(&mapped);
    parsed.errors.iter().for_each(|error| holds::place(text, error.span));
    assert!(parsed.errors.is_sorted_by_key(|error| error.span), "errors come in the order of the text");
    parsed.root.iter().for_each(|root| places(root, text));
    oracle(text, &parsed);
    for parse in [hcl::parse_json, hcl::parse_json_variables] {
        crate::hcl::places(&parse(file, text), text);
    }
    yaml::parse(&mapped).iter().for_each(|root| places(root, text));
}

/// Every value and key is within the text and within its parent.
fn places(node: &Node, text: &str) {
    holds::place(text, node.at);
    for item in node.as_array().into_iter().flat_map(|array| &array.items) {
        assert!(node.at.contains(item.at), "{:?} is an item of {:?}", item.at, node.at);
        places(item, text);
    }
    for entry in node.as_object().into_iter().flat_map(|object| &object.entries) {
        holds::place(text, entry.key_at);
        assert!(node.at.contains(entry.key_at), "{:?} is a key of {:?}", entry.key_at, node.at);
        places(&entry.value, text);
    }
}

/// A text that serde_json accepts is accepted here with the same value, and a text without errors here is accepted by
/// serde_json.
fn oracle(text: &str, parsed: &json::Parsed) {
    let refused = parsed.errors.iter().find(|error| error.kind != SyntaxErrorKind::Ignored);
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            assert_eq!(refused, None, "serde_json takes it");
            let Some(root) = &parsed.root else { panic!("serde_json reads a value") };
            assert!(is_same(root, &value), "serde_json reads {value}, we {root:?}");
        }
        Err(error) => {
            // Go and Python, which read these files, accept half of a surrogate pair.
            let limits = ["recursion limit", "out of range", "hex escape", "surrogate"];
            let is_limit = limits.iter().any(|limit| error.to_string().contains(limit));
            // The content of a placeholder after the document is unknown.
            let end = parsed.root.as_ref().map_or(0, |root| root.at.range().end);
            let words = ["__", "REPLACE", "CHANGE", "YOUR_"];
            let is_template = text.starts_with('\u{feff}')
                || text[end..].contains(['$', '{', '<', '%', '@', '#'])
                || words.iter().any(|word| text[end..].contains(word));
            let is_sure = parsed.root.as_ref().is_some_and(is_known) && !is_template;
            assert!(refused.is_some() || is_limit || !is_sure, "serde_json refuses it: {error}");
        }
    }
}

/// Whether no part of a value is unknown.
fn is_known(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Unknown(_) => false,
        NodeKind::Text(text) => text.known().is_some(),
        NodeKind::Array(array) => array.more == More::No && array.items.iter().all(is_known),
        NodeKind::Object(object) => {
            object.more == More::No && object.entries.iter().all(|entry| is_known(&entry.value))
        }
        _ => true,
    }
}

/// Whether a value equals that of serde_json. A possible placeholder is unknown here, which is never wrong.
fn is_same(node: &Node, value: &Value) -> bool {
    match (&node.kind, value) {
        (NodeKind::Null, Value::Null) => true,
        (NodeKind::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (NodeKind::Number(ours), Value::Number(theirs)) => ours.parse::<f64>().ok() == theirs.as_f64(),
        (NodeKind::String(ours), Value::String(theirs)) => ours == theirs,
        (NodeKind::Text(ours), Value::String(theirs)) => match ours.known() {
            Some(known) => known == theirs,
            None => theirs.starts_with(&ours.known_start()) && theirs.ends_with(&ours.known_end()),
        },
        (NodeKind::Unknown(_), Value::String(theirs)) => {
            theirs.contains(['$', '{', '<', '%', '@', '#', '(', '['])
        }
        (NodeKind::Array(ours), Value::Array(theirs)) => {
            ours.items.len() == theirs.len()
                && ours.items.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (NodeKind::Object(ours), Value::Object(theirs)) => {
            let same =
                |(key, theirs): (&String, &Value)| node.get(key).is_some_and(|ours| is_same(ours, theirs));
            ours.more == More::Maybe || theirs.iter().all(same)
        }
        _ => false,
    }
}
