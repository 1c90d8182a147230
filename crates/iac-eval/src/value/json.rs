//! Converts values to JSON, including their unknown parts.

use serde_json::{Map, Value, json};

use crate::source::Spans;
use crate::value::{More, Node, NodeKind, Part, Text};

/// What is shown in place of a secret.
const HIDDEN: &str = "********";

/// The maximum length of a string that encodes a value, in bytes; a longer one is unknown. Each encoding of an encoded value doubles
/// its length.
const MAX_ENCODED: usize = 16 << 10;

impl Node {
    /// The value as JSON, with asterisks in place of secrets. An unknown value becomes an object with the single member `$unknown`; an object that may have
    /// more members gets a member `$more`.
    pub fn to_json(&self) -> Value {
        self.to_json_without(&Spans::default())
    }

    /// The value as JSON, with asterisks in place of strings at hidden places.
    pub fn to_json_without(&self, hidden: &Spans) -> Value {
        let value = |node: &Node| node.to_json_without(hidden);
        match &self.kind {
            NodeKind::String(_) | NodeKind::Text(_) if hidden.hold(self.at) => Value::from(HIDDEN),
            NodeKind::String(_) | NodeKind::Number(_) if self.at.is_secret => Value::from(HIDDEN),
            NodeKind::Text(text) if text.has_secret() => Value::from(HIDDEN),
            NodeKind::Null => Value::Null,
            NodeKind::Bool(flag) => Value::from(*flag),
            NodeKind::Number(text) => {
                serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))
            }
            NodeKind::String(text) => Value::from(text.as_str()),
            NodeKind::Text(parts) => text(parts, hidden),
            NodeKind::Unknown(why) => json!({ "$unknown": why.name().as_str() }),
            NodeKind::Array(array) => {
                let more = (array.more == More::Maybe).then(|| json!({ "$unknown": "more items" }));
                array.items.iter().map(value).chain(more).collect()
            }
            NodeKind::Object(object) => {
                let entries = object.entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value)));
                let more = (object.more == More::Maybe).then(|| ("$more".to_owned(), Value::from(true)));
                Value::Object(entries.chain(more).collect::<Map<_, _>>())
            }
        }
    }
}

fn text(text: &Text, hidden: &Spans) -> Value {
    if let Some(known) = text.known() {
        return Value::from(known);
    }
    let part = |part: &Part| match part {
        Part::Known { text, .. } => text.to_string(),
        Part::Unknown(why, _) if why.name().contains(['$', '{', '<', '%', '@']) => why.name().to_string(),
        Part::Unknown(why, _) => format!("${{{}}}", why.name()),
        Part::Json(inner) => inner.to_json_without(hidden).to_string(),
        Part::Base64(_) => "${base64}".to_owned(),
    };
    let whole: String = text.parts.iter().map(part).collect();
    if whole.len() > MAX_ENCODED && text.parts.iter().any(|part| matches!(part, Part::Json(_))) {
        json!({ "$unknown": "a long text" })
    } else if text.parts.iter().any(|part| matches!(part, Part::Unknown(..) | Part::Base64(_))) {
        json!({ "$unknown": whole })
    } else {
        Value::from(whole)
    }
}
