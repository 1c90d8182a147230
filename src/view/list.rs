//! Lists as rules read them: which items are known, and whether these are all.

use crate::diagnostic::Place;
use crate::source::Span;
use crate::value::{Array, More, Node, NodeKind, Unknown};
use crate::view::{UnknownReads, View};

/// A list under the eyes of a rule.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub(super) array: Option<&'a Array>,
    /// Where what is unknown of the list stands, if anything is.
    pub(super) open: Option<Span>,
    pub(super) at: Span,
    pub(super) reads: &'a UnknownReads,
}

impl<'a> List<'a> {
    /// The items that are known to be there, unknown ones among them.
    pub fn iter(self) -> impl Iterator<Item = View<'a>> {
        let items = self.array.map_or(&[][..], |array| &array.items);
        items.iter().map(move |node| View { node, reads: self.reads })
    }

    /// The items that are known to be objects.
    pub fn objects(self) -> impl Iterator<Item = View<'a>> {
        self.iter().filter(|view| view.node.as_object().is_some())
    }

    /// Whether these are certainly all items. Asking notes what is not known.
    pub fn is_complete(self) -> bool {
        let Some(open) = self.open else { return true };
        self.reads.places.borrow_mut().entry(open).or_default();
        false
    }

    /// The values of the items, where their number is certain, though what a reference stands for may not be known.
    /// Asking notes what is not known.
    pub fn counted(self) -> Option<Vec<&'a Node>> {
        let is_one = |node: &Node| match &node.kind {
            NodeKind::Unknown(why) => {
                matches!(why, Unknown::Attribute { .. } | Unknown::Output { .. } | Unknown::Reference(_))
            }
            _ => true,
        };
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

    /// Whether the list certainly has no item.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none() && self.is_complete()
    }

    /// Where the list was written; where its object was, if it was not.
    pub fn place(self) -> Place {
        Place::from(self.at)
    }
}
