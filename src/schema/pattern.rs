//! The patterns of a schema, each compiled for the first text that it applies to.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regex::Regex;
use serde_json::Value;

use crate::schema::Shape;
use crate::value::{Node, NodeKind};

/// The schema without its patterns.
pub(super) fn without(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let is_pattern = |key: &str, value: &Value| key == "pattern" && value.is_string();
            let kept = members.iter().filter(|(key, value)| !is_pattern(key, value));
            Value::Object(kept.map(|(key, value)| (key.clone(), without(value))).collect())
        }
        Value::Array(items) => items.iter().map(without).collect(),
        plain => plain.clone(),
    }
}

/// Finds the texts that do not match their patterns, and adds their JSON pointers; `path` is the pointer of the node.
pub(super) fn unfit(node: &Node, shape: Shape, path: &mut String, found: &mut Vec<String>) {
    let length = path.len();
    match &node.kind {
        NodeKind::Array(array) => {
            let Some(shape) = shape.item() else { return };
            for (index, item) in array.items.iter().enumerate() {
                path.push_str(&format!("/{index}"));
                unfit(item, shape, path, found);
                path.truncate(length);
            }
        }
        NodeKind::Object(object) => {
            for (index, entry) in object.entries.iter().enumerate() {
                let Some((key, member)) = shape.known(&entry.key) else { continue };
                // The last of several members with the same key is the value.
                if object.entries[index + 1..].iter().any(|later| later.key == entry.key) {
                    continue;
                }
                path.push('/');
                path.push_str(key);
                unfit(&entry.value, member, path, found);
                path.truncate(length);
            }
        }
        NodeKind::String(_) | NodeKind::Text(_) => {
            let text = node.as_str().filter(|text| !text.is_empty());
            if let (Some(text), Some(pattern)) = (text, shape.pattern()) {
                found.extend((!fits(pattern, text)).then(|| path.clone()));
            }
        }
        _ => {}
    }
}

static COMPILED: Mutex<BTreeMap<&'static str, Option<Regex>>> = Mutex::new(BTreeMap::new());

/// Returns `true` if a text matches a pattern. A pattern that cannot be compiled matches all texts; a test ensures that
/// there are none.
fn fits(pattern: &'static str, text: &str) -> bool {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled.entry(pattern).or_insert_with(|| Regex::new(pattern).ok());
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}
