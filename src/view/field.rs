//! Members of objects as seen by rules: one type to read a member, name it in a message, and change it in a fix.

use std::fmt;

use smol_str::SmolStr;

use crate::diagnostic::{Change, Literal, Place};
use crate::value::{DATA, Entry};
use crate::view::{List, Value, View};

/// A member of an object, present or absent. It displays as its name in the author's language.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    owner: View<'a>,
    key: &'static str,
}

impl<'a> View<'a> {
    /// The member `key`. If only its value matters, `view.int(key)` is shorthand for `view.field(key).int()`.
    pub fn field(self, key: &'static str) -> Field<'a> {
        Field { owner: self, key }
    }

    /// Several members, in the order of `keys`.
    pub fn fields<const N: usize>(self, keys: [&'static str; N]) -> [Field<'a>; N] {
        keys.map(|key| self.field(key))
    }
}

impl<'a> Field<'a> {
    /// The key in the API's spelling.
    pub fn key(self) -> &'static str {
        self.key
    }

    /// The name in the author's language, for messages: as written, or as it would be written.
    pub fn name(self) -> SmolStr {
        match (self.owner.node.entry(self.key), self.owner.node.as_object()) {
            (Some(entry), _) => entry.written.clone(),
            (None, Some(object)) => (object.dialect.name_of)(self.key),
            (None, None) => (DATA.name_of)(self.key),
        }
    }

    /// The member as written; `None` if it is absent, `null`, or `""`.
    pub fn entry(self) -> Option<&'a Entry> {
        self.owner.entry(self.key)
    }

    /// The value, whatever its type.
    pub fn any(self) -> Value<View<'a>> {
        self.owner.any(self.key)
    }

    /// The value as an object.
    pub fn object(self) -> Value<View<'a>> {
        self.owner.object(self.key)
    }

    /// The value as a list; empty if it is missing.
    pub fn list(self) -> List<'a> {
        self.owner.list(self.key)
    }

    /// The value as a string.
    pub fn str(self) -> Value<&'a str> {
        self.owner.str(self.key)
    }

    /// The value as the text of a string or a number.
    pub fn scalar(self) -> Value<&'a str> {
        self.owner.scalar(self.key)
    }

    /// The value as an integer, which may be quoted.
    pub fn int(self) -> Value<i64> {
        self.owner.int(self.key)
    }

    /// The value as a boolean, which may be quoted.
    pub fn bool(self) -> Value<bool> {
        self.owner.bool(self.key)
    }

    /// Returns `true` if the member certainly is missing.
    pub fn is_missing(self) -> bool {
        self.owner.is_missing(self.key)
    }

    /// The place of the value, if there certainly is one; see [`View::certainly`].
    pub fn certainly(self) -> Option<Place> {
        self.owner.certainly(self.key)
    }

    /// Sets another value; `None` if the member is absent.
    pub fn set(self, value: impl Into<Literal>) -> Option<Change> {
        self.entry().map(|entry| Change::set(&entry.value, value))
    }

    /// Sets the value, or inserts the member after `sibling` if it is absent; `None` if both are absent.
    pub fn set_or_insert_after(self, sibling: &'static str, value: impl Into<Literal>) -> Option<Change> {
        match self.owner.node.entry(self.key) {
            Some(entry) => Some(Change::set(&entry.value, value)),
            None => Some(Change::insert(self.owner.entry(sibling)?, self.name(), value)),
        }
    }

    /// Removes the member; `None` if it is absent.
    pub fn remove(self) -> Option<Change> {
        self.entry().map(Change::remove)
    }
}

impl fmt::Display for Field<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::{FileId, Span};
    use crate::value::{BLOCKS, Dialect, Node, NodeKind, Object};
    use crate::view::UnknownReads;

    /// A dialect with the same name for all absent members.
    static RENAMED: Dialect = Dialect { name: "renamed", name_of: |_| "execution_role_arn".into(), ..BLOCKS };

    fn in_terraform(entries: Vec<Entry>) -> Node {
        let object = Object { entries, dialect: &RENAMED, ..Object::default() };
        Node::new(NodeKind::Object(Arc::new(object)), Span::new(FileId(0), 0, 9))
    }

    #[test]
    fn a_member_is_named_as_it_is_written_or_would_have_to_be() {
        let at = Span::new(FileId(0), 0, 1);
        let role = Entry { written: "role".into(), ..Entry::new("taskRoleArn", at, Node::string("web", at)) };
        let (node, reads) = (in_terraform(vec![role]), UnknownReads::default());
        let [there, absent] = View::new(&node, &reads).fields(["taskRoleArn", "executionRoleArn"]);
        assert_eq!(format!("{there} {absent}"), "role execution_role_arn");
        assert!(there.set("api").is_some() && absent.set("api").is_none());
    }

    #[test]
    fn a_member_that_is_not_there_is_inserted_after_one_that_is() {
        let at = Span::new(FileId(0), 0, 1);
        let (node, reads) =
            (in_terraform(vec![Entry::new("name", at, Node::string("web", at))]), UnknownReads::default());
        let essential = View::new(&node, &reads).field("essential");
        assert!(matches!(essential.set_or_insert_after("name", false), Some(Change::Insert(..))));
        assert!(essential.set_or_insert_after("image", false).is_none());
    }
}
