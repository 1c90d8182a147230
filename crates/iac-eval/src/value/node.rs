//! The one tree every document becomes: values that know where they were written, and what is unknown.

use std::sync::Arc;

use smol_str::{SmolStr, ToSmolStr};

use crate::address::ResourceRef;
use crate::source::Span;
use crate::value::{DATA, Dialect, Text, Unknown};

/// A value and its provenance. Cloning is cheap: strings and children are shared.
///
/// ```
/// use iac_eval::source::FileId;
/// use iac_eval::syntax::json;
/// use iac_eval::value::{Mapped, Node};
///
/// let text = r#"{ "name": "web", "ports": [80] }"#;
/// let root = json::parse(&Mapped::file(FileId(0), text)).root.expect("the text is not empty");
/// assert_eq!(root.get("name").and_then(Node::as_str), Some("web"));
/// assert_eq!(root.get("ports").map(|ports| &text[ports.at.range()]), Some("[80]"));
/// assert!(root.get("image").is_none_or(Node::is_missing));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What the value is.
    pub kind: NodeKind,
    /// Where it was written: the bytes to edit.
    pub at: Span,
    /// Where it is used, if that is another place (`var.port` for a value written in the variable's default).
    pub used: Option<Span>,
}

/// The kinds of value. JSON's, and unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `null`, which reads as missing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written, so that no digit is lost.
    Number(SmolStr),
    /// A string that is known in full.
    String(SmolStr),
    /// A string with a structure worth keeping: known only in part, put together from several places, or
    /// the JSON encoding of a value.
    Text(Arc<Text>),
    /// A list.
    Array(Arc<Array>),
    /// An object.
    Object(Arc<Object>),
    /// A value that the files do not tell.
    Unknown(Unknown),
}

/// A list of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Array {
    /// The items that are known to be there, in order.
    pub items: Vec<Node>,
    /// Whether there may be more items than these.
    pub more: More,
}

/// An object: its members in the order they were written; of two with one key the later counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The members that are known to be there.
    pub entries: Vec<Entry>,
    /// Whether there may be more members than these.
    pub more: More,
    /// The language its keys are written in.
    pub dialect: &'static Dialect,
}

impl Default for Object {
    fn default() -> Object {
        Object { entries: Vec::new(), more: More::No, dialect: &DATA }
    }
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key in the API's spelling, by which it is looked up.
    pub key: SmolStr,
    /// The key as its author wrote it, which messages use; the same as `key` in JSON.
    pub written: SmolStr,
    /// Where the key stands.
    pub key_at: Span,
    /// The value.
    pub value: Node,
}

/// Whether a list or an object is known in full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum More {
    /// Nothing else can be in it.
    #[default]
    No,
    /// Something unknown may be in it (`concat(var.a, [...])`, an unknown `for_each`).
    Maybe,
}

impl Node {
    /// A value written at `at`.
    pub fn new(kind: NodeKind, at: Span) -> Node {
        Node { kind, at, used: None }
    }

    /// A string written at `at`.
    pub fn string(value: impl Into<SmolStr>, at: Span) -> Node {
        Node::new(NodeKind::String(value.into()), at)
    }

    /// An unknown value, with the reason.
    pub fn unknown(why: Unknown, at: Span) -> Node {
        Node::new(NodeKind::Unknown(why), at)
    }

    /// A list known in full.
    pub fn array(items: Vec<Node>, at: Span) -> Node {
        Node::new(NodeKind::Array(Arc::new(Array { items, more: More::No })), at)
    }

    /// An object in the API's spelling, known in full.
    pub fn object(entries: Vec<Entry>, at: Span) -> Node {
        let object = Object { entries, ..Object::default() };
        Node::new(NodeKind::Object(Arc::new(object)), at)
    }

    /// The same value, used at `place` where it was written elsewhere. Of several uses the last one counts: it is
    /// the nearest to what AWS is sent.
    #[must_use]
    pub fn used_at(mut self, place: Span) -> Node {
        if !place.contains(self.at) {
            self.used = Some(place);
        }
        self
    }

    /// The same value with each of its items or members changed.
    #[must_use]
    pub fn with_each(mut self, change: impl Fn(&Node) -> Node) -> Node {
        match &mut self.kind {
            NodeKind::Array(array) => {
                Arc::make_mut(array).items.iter_mut().for_each(|item| *item = change(item));
            }
            NodeKind::Object(object) => {
                Arc::make_mut(object).entries.iter_mut().for_each(|entry| entry.value = change(&entry.value));
            }
            _ => {}
        }
        self
    }

    /// The same value, with the keys of an object in the words of a dialect.
    #[must_use]
    pub fn in_dialect(mut self, dialect: &'static Dialect) -> Node {
        if let NodeKind::Object(object) = &mut self.kind {
            Arc::make_mut(object).dialect = dialect;
        }
        self
    }

    /// The member `key`, if the value is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The member `key` with its key, if the value is an object that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_object()?.entries.iter().rev().find(|entry| entry.key == key)
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            NodeKind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&Array> {
        match &self.kind {
            NodeKind::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The resource whose attribute it is, if the value is one that only the provider knows.
    pub fn resource(&self) -> Option<&ResourceRef> {
        match &self.kind {
            NodeKind::Unknown(why) => why.resource(),
            _ => None,
        }
    }

    /// The string, if it is one that is known in full without putting parts together.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::String(value) => Some(value),
            NodeKind::Text(text) => text.known(),
            _ => None,
        }
    }

    /// What a string certainly begins with; all of it where it is known.
    pub fn known_start(&self) -> String {
        match &self.kind {
            NodeKind::Text(text) => text.known_start(),
            _ => self.as_str().unwrap_or_default().to_owned(),
        }
    }

    /// What a string certainly ends with; all of it where it is known.
    pub fn known_end(&self) -> String {
        match &self.kind {
            NodeKind::Text(text) => text.known_end(),
            _ => self.as_str().unwrap_or_default().to_owned(),
        }
    }

    /// What to call the value in a message, if it has a name: its text, or what it refers to, a resource by its address.
    pub fn called(&self) -> Option<SmolStr> {
        match &self.kind {
            NodeKind::Unknown(Unknown::Attribute { of, attribute })
                if matches!(attribute.as_str(), "id" | "arn" | "name") =>
            {
                Some(of.to_smolstr())
            }
            NodeKind::Unknown(Unknown::Expression(_) | Unknown::Rejected(_)) => None,
            NodeKind::Unknown(why) => Some(why.name()),
            _ => self.as_str().map(SmolStr::from),
        }
    }

    /// Whether the other is certainly the same string, though neither may be known.
    pub fn certainly_equals(&self, other: &Node) -> bool {
        match (&self.kind, &other.kind) {
            (NodeKind::Unknown(ours), NodeKind::Unknown(theirs)) => ours == theirs && ours.is_one_value(),
            (NodeKind::Text(ours), NodeKind::Text(theirs)) if ours.known().is_none() => {
                ours.certainly_equals(theirs)
            }
            _ => self.as_str().is_some() && self.as_str() == other.as_str(),
        }
    }

    /// Whether the other is certainly the same value, wherever the two were written.
    pub fn is_same(&self, other: &Node) -> bool {
        match (&self.kind, &other.kind) {
            (NodeKind::Array(ours), NodeKind::Array(theirs)) => {
                let closed = ours.more == More::No && theirs.more == More::No;
                let mut pairs = ours.items.iter().zip(&theirs.items);
                closed && ours.items.len() == theirs.items.len() && pairs.all(|(a, b)| a.is_same(b))
            }
            (NodeKind::Object(ours), NodeKind::Object(theirs)) => {
                let closed = ours.more == More::No && theirs.more == More::No;
                let has =
                    |entry: &Entry| other.get(&entry.key).is_some_and(|value| entry.value.is_same(value));
                closed && ours.entries.len() == theirs.entries.len() && ours.entries.iter().all(has)
            }
            (NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_), _) => self.kind == other.kind,
            _ => self.certainly_equals(other),
        }
    }

    /// Whether it reads as if it were not there: `null` or `""`.
    pub fn is_missing(&self) -> bool {
        match &self.kind {
            NodeKind::Null => true,
            NodeKind::String(value) => value.is_empty(),
            NodeKind::Text(text) => text.known() == Some(""),
            _ => false,
        }
    }
}

impl Entry {
    /// A member whose key is spelled as the API spells it.
    pub fn new(key: impl Into<SmolStr>, key_at: Span, value: Node) -> Entry {
        let key = key.into();
        Entry { written: key.clone(), key, key_at, value }
    }
}
