//! How rules read nodes: a value is known, unknown, or missing, and there is no implicit default.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::address::ResourceId;
use crate::diagnostic::Place;
use crate::panic_guard;
use crate::source::Span;
use crate::value::{Entry, More, Node, NodeKind, Unknown};
use crate::workspace::GlobalReads;

mod field;
mod list;
mod presence;
mod sample;

pub use field::Field;
pub use list::List;

/// A value as seen by a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<T> {
    /// The value, and the place where it was written.
    Known(T, Place),
    /// A value that the files do not define.
    Unknown(Place),
    /// There is no value; `null` and `""` count as missing.
    Missing,
}

impl<T> Value<T> {
    /// The value; `None` unless it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Value::Known(value, _) => Some(value),
            Value::Unknown(_) | Value::Missing => None,
        }
    }

    /// The value and its place; `None` unless it is known.
    pub fn known_at(self) -> Option<(T, Place)> {
        match self {
            Value::Known(value, place) => Some((value, place)),
            Value::Unknown(_) | Value::Missing => None,
        }
    }

    /// Returns `true` if the value is certainly missing.
    pub fn is_missing(&self) -> bool {
        matches!(self, Value::Missing)
    }

    /// The place of the value; `None` if it is missing.
    pub fn place(&self) -> Option<Place> {
        match self {
            Value::Known(_, place) | Value::Unknown(place) => Some(*place),
            Value::Missing => None,
        }
    }

    /// Converts a known value. The result is unknown if the conversion returns `None`.
    pub fn and_then<U>(self, form: impl FnOnce(T) -> Option<U>) -> Value<U> {
        match self {
            Value::Known(value, place) => {
                form(value).map_or(Value::Unknown(place), |value| Value::Known(value, place))
            }
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => Value::Missing,
        }
    }

    /// A value within this one; missing or unknown if this one is.
    pub fn then<U>(self, within: impl FnOnce(T) -> Value<U>) -> Value<U> {
        match self {
            Value::Known(value, _) => within(value),
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => Value::Missing,
        }
    }

    /// Replaces a missing value with the API's default, located at `place`. Only views use this.
    #[must_use]
    pub(crate) fn or_default(self, value: T, place: Place) -> Value<T> {
        match self {
            Value::Missing => Value::Known(value, place),
            there => there,
        }
    }
}

impl Value<bool> {
    /// Returns `true` if the value is, or may be, true; a missing one is false.
    pub fn may_be_true(self) -> bool {
        match self {
            Value::Known(value, _) => value,
            Value::Unknown(_) => true,
            Value::Missing => false,
        }
    }
}

/// The unknown values that a rule read, because of which it may be undecided, and the steps that it may still take.
#[derive(Debug, Default)]
pub struct UnknownReads {
    places: RefCell<BTreeMap<Span, SmolStr>>,
    global: Cell<GlobalReads>,
    /// The number of steps; `None` if it is not limited.
    left: Cell<Option<usize>>,
}

impl UnknownReads {
    /// The record of a rule that is stopped after some steps, where a panic can be caught.
    pub(crate) fn within(steps: usize) -> UnknownReads {
        let left = cfg!(panic = "unwind").then_some(steps);
        UnknownReads { left: Cell::new(left), ..UnknownReads::default() }
    }

    /// Counts the steps of a rule: what it reads, and what it compares. The rule ends at the limit, wherever it is, because no
    /// condition in it could end all of its loops.
    pub(crate) fn step(&self, steps: usize) {
        let Some(left) = self.left.get() else { return };
        self.left.set(Some(left.saturating_sub(steps)));
        if left <= steps {
            panic_guard::stop();
        }
    }

    /// Returns `true` if the rule was stopped.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.left.get() == Some(0)
    }

    fn note(&self, node: &Node) {
        let name = match &node.kind {
            NodeKind::Unknown(why) => why.name(),
            NodeKind::Text(text) => {
                let mut without_form = text.unknowns().filter(|why| sample::of(why).is_none());
                without_form.next().map_or_else(|| text.unknown_name(), Unknown::name)
            }
            _ => SmolStr::default(),
        };
        self.places.borrow_mut().insert(node.at, name);
    }

    /// The places that were read, with the names of the unknown values.
    pub fn into_places(self) -> BTreeMap<Span, SmolStr> {
        self.places.into_inner()
    }

    /// Records that a rule read names from all files.
    pub(crate) fn read_global(&self, reads: GlobalReads) {
        self.global.set(self.global.get().or(reads));
    }

    /// The names from all files that were read.
    pub(crate) fn global(&self) -> GlobalReads {
        self.global.get()
    }
}

/// A node as seen by a rule; every unknown value read through the view is recorded. `view.int(key)` and similar methods
/// are shorthand for `view.field(key).int()`, for members that a rule neither names nor changes.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The node.
    pub node: &'a Node,
    /// The record of unknown values.
    pub reads: &'a UnknownReads,
    /// The resource that has the value.
    pub of: Option<ResourceId>,
}

impl<'a> View<'a> {
    /// Creates the view of a node.
    pub fn new(node: &'a Node, reads: &'a UnknownReads) -> View<'a> {
        View { node, reads, of: None }
    }

    /// The view of another node of the same resource.
    pub fn at(self, node: &'a Node) -> View<'a> {
        View { node, ..self }
    }

    /// The place where the node was written.
    pub fn place(self) -> Place {
        self.place_of(self.node)
    }

    /// The place of a node of the same resource.
    fn place_of(self, node: &Node) -> Place {
        Place { of: self.of, ..Place::from(node) }
    }

    /// The member `key` as written; `None` if it is absent, `null`, or `""`.
    pub fn entry(self, key: &str) -> Option<&'a Entry> {
        // Members are compared one by one, but most differ in their length.
        self.reads.step(1 + self.node.as_object().map_or(0, |object| object.entries.len() / 16));
        self.node.entry(key).filter(|entry| !entry.value.is_missing())
    }

    /// The member `key`, whatever its type.
    pub fn any(self, key: &str) -> Value<View<'a>> {
        self.read(key, Some)
    }

    /// The member `key` as an object.
    pub fn object(self, key: &str) -> Value<View<'a>> {
        self.read(key, |view| view.node.as_object().map(|_| view))
    }

    /// The member `key` as a string.
    pub fn str(self, key: &str) -> Value<&'a str> {
        self.read(key, |view| view.node.as_str())
    }

    /// The member `key` as the text of a string or a number.
    pub fn scalar(self, key: &str) -> Value<&'a str> {
        self.read(key, |view| match &view.node.kind {
            NodeKind::Number(text) => Some(text.as_str()),
            _ => view.node.as_str(),
        })
    }

    /// The member `key` as an integer, which may be quoted.
    pub fn int(self, key: &str) -> Value<i64> {
        self.read(key, |view| match &view.node.kind {
            NodeKind::Number(text) => whole(text),
            _ => whole(view.node.as_str()?),
        })
    }

    /// The member `key` as a boolean, which may be quoted.
    pub fn bool(self, key: &str) -> Value<bool> {
        self.read(key, |view| match &view.node.kind {
            NodeKind::Bool(value) => Some(*value),
            _ => view.node.as_str()?.parse().ok(),
        })
    }

    /// The member `key` as a list; empty if it is missing.
    pub fn list(self, key: &str) -> List<'a> {
        let at = self.node.at;
        match self.any(key) {
            Value::Missing => List { array: None, open: None, at, owner: self },
            Value::Unknown(place) => {
                List { array: None, open: Some(place.span), at: place.span, owner: self }
            }
            Value::Known(view, _) => view.items(),
        }
    }

    /// The node itself as a list.
    pub fn items(self) -> List<'a> {
        let array = self.node.as_array();
        self.reads.step(1 + array.map_or(0, |array| array.items.len() / 16));
        let unknown = |node: &&Node| matches!(node.kind, NodeKind::Unknown(_));
        let open = match array {
            Some(array) if array.more == More::No => array.items.iter().find(unknown).map(|item| item.at),
            Some(_) | None => Some(self.node.at),
        };
        List { array, open, at: self.node.at, owner: self }
    }

    /// Returns `true` if it is written as a block of a configuration language, not as data.
    pub fn is_block(self) -> bool {
        self.node.as_object().is_some_and(|object| object.dialect.has_blocks)
    }

    /// The place to report when a member is missing: the value of the member `name` if it is known, otherwise the start
    /// of the object.
    pub fn heading(self, name: &str) -> Place {
        let entry = self.entry(name).filter(|entry| !matches!(entry.value.kind, NodeKind::Unknown(_)));
        entry.map_or_else(|| self.opening(), |entry| self.place_of(&entry.value))
    }

    /// The opening brace of an object, or the header of a block.
    pub fn opening(self) -> Place {
        match self.node.as_object() {
            Some(object) if object.dialect.has_blocks => self.place(),
            _ => {
                let brace = Span { end: self.node.at.start + 1, ..self.node.at };
                Place { of: self.of, ..Place::from(brace) }
            }
        }
    }

    fn read<T>(self, key: &str, form: impl FnOnce(View<'a>) -> Option<T>) -> Value<T> {
        let Some(entry) = self.entry(key) else { return self.absent(key) };
        let node = &entry.value;
        let place = self.place_of(node);
        let known = match &node.kind {
            NodeKind::Unknown(_) => None,
            _ => form(self.at(node)),
        };
        match known {
            Some(value) => Value::Known(value, place),
            None => {
                self.reads.note(node);
                Value::Unknown(place)
            }
        }
    }

    /// An absent member: missing, or unknown if the object may have more members.
    fn absent<T>(self, key: &str) -> Value<T> {
        let explicit = self.node.entry(key).is_some();
        match &self.node.kind {
            NodeKind::Object(object) if object.more == More::No || explicit => Value::Missing,
            _ => {
                self.reads.note(self.node);
                Value::Unknown(self.place())
            }
        }
    }
}

/// An integer in the syntax of JSON or HCL.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let value: f64 = text.parse().ok()?;
        let exact = value.fract() == 0.0 && value.abs() < 9e15;
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
        exact.then_some(value as i64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::Array;

    fn object(kind: NodeKind) -> Node {
        let at = Span::new(FileId(0), 0, 1);
        Node::object(vec![Entry::new("key", at, Node::new(kind, at))], at)
    }

    #[test]
    fn quoted_numbers_and_booleans_read_as_what_was_meant() {
        let reads = UnknownReads::default();
        let port = object(NodeKind::String("0".into()));
        assert_eq!(View::new(&port, &reads).int("key").known(), Some(0));
        let flag = object(NodeKind::String("true".into()));
        assert_eq!(View::new(&flag, &reads).bool("key").known(), Some(true));
    }

    #[test]
    fn null_and_empty_strings_are_missing() {
        let reads = UnknownReads::default();
        for kind in [NodeKind::Null, NodeKind::String("".into())] {
            assert!(View::new(&object(kind), &reads).str("key").is_missing());
        }
    }

    #[test]
    fn what_is_unknown_is_noted_and_never_missing() {
        let reads = UnknownReads::default();
        let node = object(NodeKind::Unknown(Unknown::Reference("var.port".into())));
        assert!(matches!(View::new(&node, &reads).int("key"), Value::Unknown(_)));
        assert_eq!(reads.into_places().into_values().collect::<Vec<_>>(), ["var.port"]);
    }

    #[test]
    fn what_is_exported_for_an_unset_member_is_not_given() {
        let reads = UnknownReads::default();
        for kind in
            [NodeKind::Bool(false), NodeKind::Number("0".into()), NodeKind::Array(Array::default().into())]
        {
            assert!(View::new(&object(kind), &reads).given("key").is_none());
        }
        let node = Node::object(vec![Entry::new("in", node_at(), object(NodeKind::Bool(true)))], node_at());
        assert!(View::new(&node, &reads).given("in/key").is_some());
    }

    fn node_at() -> Span {
        Span::new(FileId(0), 0, 1)
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_point() {
        assert_eq!(whole("80.0"), Some(80));
        assert_eq!(whole("8e1"), Some(80));
        assert_eq!(whole("80.5"), None);
    }
}
