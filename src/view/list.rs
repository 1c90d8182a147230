//! Lists as seen by rules: the known items, and whether there are more.

use crate::diagnostic::Place;
use crate::source::Span;
use crate::value::{Array, More, Node, NodeKind, Unknown};
use crate::view::View;

/// A list as seen by a rule.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub(super) array: Option<&'a Array>,
    /// The place of the unknown part of the list; `None` if the list is fully known.
    pub(super) open: Option<Span>,
    pub(super) at: Span,
    /// The object that has the list, or the list itself.
    pub(super) owner: View<'a>,
}

impl<'a> List<'a> {
    /// The items that certainly exist, including those with unknown values.
    pub fn iter(self) -> impl Iterator<Item = View<'a>> {
        let items = self.array.map_or(&[][..], |array| &array.items);
        items.iter().map(move |node| {
            self.owner.reads.step(1);
            self.owner.at(node)
        })
    }

    /// The items that are known to be objects.
    pub fn objects(self) -> impl Iterator<Item = View<'a>> {
        self.iter().filter(|view| view.node.as_object().is_some())
    }

    /// Returns `true` if these certainly are all items. Otherwise, records the unknown part.
    pub fn is_complete(self) -> bool {
        let Some(open) = self.open else { return true };
        self.owner.reads.places.borrow_mut().entry(open).or_default();
        false
    }

    /// The values of the items; `None` unless their number is certain. The values themselves may be unknown. Records
    /// the unknown part.
    pub fn counted(self) -> Option<Vec<&'a Node>> {
        let is_one = |node: &Node| match &node.kind {
            NodeKind::Unknown(why) => {
                matches!(why, Unknown::Attribute { .. } | Unknown::Output { .. } | Unknown::Reference(_))
            }
            _ => true,
        };
        self.owner.reads.step(1 + self.array.map_or(0, |array| array.items.len() / 4));
        match self.array {
            Some(array) if array.more == More::No && array.items.iter().all(is_one) => {
                Some(array.items.iter().collect())
            }
            None if self.open.is_none() => Some(Vec::new()),
            _ => {
                self.is_complete();
                None
            }
        }
    }

    /// Returns `true` if the list certainly is empty.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none() && self.is_complete()
    }

    /// The place of the list, or of its object if it is absent.
    pub fn place(self) -> Place {
        Place { of: self.owner.of, ..Place::from(self.at) }
    }
}
