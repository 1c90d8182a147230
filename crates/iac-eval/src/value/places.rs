//! All places of a value.

use crate::source::Span;
use crate::value::{Node, NodeKind};

impl Node {
    /// Calls `visit` with every place of the value and its parts: where they were written, where they are used, and the
    /// keys of members.
    pub fn each_place(&self, visit: &mut impl FnMut(Span)) {
        visit(self.at);
        self.used.into_iter().for_each(&mut *visit);
        match &self.kind {
            NodeKind::Array(array) => array.items.iter().for_each(|item| item.each_place(visit)),
            NodeKind::Object(object) => {
                for entry in &object.entries {
                    visit(entry.key_at);
                    entry.value.each_place(visit);
                }
            }
            _ => {}
        }
    }
}
