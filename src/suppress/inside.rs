//! A comment on the call of a module is about all that is made within it, in every instance.

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Subjects;
use crate::instances::Places;
use crate::project::{Document, Documents, ModuleCall};
use crate::span::Span;
use crate::suppress::comment::Comment;

/// The calls that comments stand on.
pub(super) struct Inside<'d> {
    calls: Vec<(&'d Comment, &'d ModuleCall)>,
    places: Places<'d>,
    subjects: Subjects,
    documents: &'d Documents,
}

impl<'d> Inside<'d> {
    /// Finds the call that each comment stands on.
    pub(super) fn new(comments: &'d [Comment], documents: &'d Documents) -> Inside<'d> {
        let on = |comment: &'d Comment| {
            documents.calls.iter().filter(|call| comment.is_on(call)).map(move |call| (comment, call))
        };
        let calls: Vec<_> = comments.iter().flat_map(on).collect();
        // A place in a module belongs to all who call it, also to those without a comment.
        let (places, subjects) = match calls.is_empty() {
            true => (Places::of(std::iter::empty()), Subjects::default()),
            false => (Places::of(documents.all.iter()), Subjects::new(documents)),
        };
        Inside { calls, places, subjects, documents }
    }

    /// The names in comments that are about a finding, and whether there is one for each call that has it: what another
    /// call of the same module has too is not accepted.
    pub(super) fn accept(&self, found: &Diagnostic) -> (Vec<Span>, bool) {
        if self.calls.is_empty() {
            return (Vec::new(), false);
        }
        let meant = self.places.meant(found);
        // What no request has, such as an argument that the provider drops, stands in the block of one.
        let around = || self.subjects.all_of(found.span).into_iter().map(|index| &self.documents.all[index]);
        let documents = if meant.is_empty() { around().collect() } else { meant };
        let names = |document: &&Document| -> Vec<Span> {
            let around = self.calls.iter().filter(|(_, call)| call.holds(document));
            around.filter_map(|(comment, _)| comment.names(found.rule)).collect()
        };
        let names: Vec<Vec<Span>> = documents.iter().map(names).collect();
        let all = !names.is_empty() && names.iter().all(|names| !names.is_empty());
        (names.concat(), all)
    }
}
