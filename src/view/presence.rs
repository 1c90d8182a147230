//! Whether a member is there, which is often known before its value.

use crate::diagnostic::Place;
use crate::value::{Entry, Node, NodeKind, Unknown};
use crate::view::{Value, View, whole};

impl<'a> View<'a> {
    /// The member `key` as the identifier of a resource. A reference to an attribute of a resource identifies that resource
    /// whatever its value is, so it is `Unknown` but not noted as undecided.
    pub fn id(self, key: &str) -> Value<&'a str> {
        match self.entry(key).map(|entry| &entry.value) {
            Some(node) if matches!(node.kind, NodeKind::Unknown(Unknown::Attribute { .. })) => {
                Value::Unknown(self.place_of(node))
            }
            _ => self.str(key),
        }
    }

    /// The place of the member `key`, if it certainly has a value. A variable or an expression may be `null`, but a
    /// resource attribute or a placeholder is not.
    pub fn certainly(self, key: &str) -> Option<Place> {
        match self.entry(key).map(|entry| &entry.value) {
            Some(node) if has_value(node) => Some(self.place_of(node)),
            // Notes what is undecided.
            _ => self.any(key).known_at().map(|(_, place)| place),
        }
    }

    /// Returns `true` if the member `key` is certainly missing.
    pub fn is_missing(self, key: &str) -> bool {
        self.certainly(key).is_none() && self.any(key).is_missing()
    }

    /// The member at a path (`linuxParameters/devices`), if it certainly has an effect: not `false`, 0, `[]`, or `{}`,
    /// which exports contain for members that were not set. A resource id always has an effect.
    pub fn given(self, path: &str) -> Option<&'a Entry> {
        if let Some((first, rest)) = path.split_once('/') {
            return self.object(first).known()?.given(rest);
        }
        if let Some(entry) = self.entry(path)
            && let NodeKind::Unknown(Unknown::Attribute { attribute, .. }) = &entry.value.kind
            && matches!(attribute.as_str(), "id" | "arn")
        {
            return Some(entry);
        }
        let says = match &self.any(path).known()?.node.kind {
            NodeKind::Null | NodeKind::Bool(false) => false,
            NodeKind::String(text) => text != "false",
            NodeKind::Number(number) => whole(number) != Some(0),
            NodeKind::Text(text) => text.known_texts().any(|text| !text.is_empty()),
            // A part that is not evaluated may represent no items.
            NodeKind::Array(array) => array.items.iter().any(|item| {
                !matches!(item.kind, NodeKind::Unknown(Unknown::Expression(_) | Unknown::Placeholder(_)))
            }),
            NodeKind::Object(object) => !object.entries.is_empty(),
            NodeKind::Bool(true) | NodeKind::Unknown(_) => true,
        };
        self.entry(path).filter(|_| says)
    }
}

/// Returns `true` if a member with this value is certainly present, whatever the value is.
fn has_value(node: &Node) -> bool {
    !matches!(
        node.kind,
        NodeKind::Unknown(Unknown::Output { .. } | Unknown::Reference(_) | Unknown::Expression(_))
    )
}
