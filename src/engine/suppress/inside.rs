//! A comment on a module call applies to everything that the call creates, in every instance.

use crate::address::UnitId;
use crate::diagnostic::Diagnostic;
use crate::engine::Places;
use crate::engine::fingerprint::Subjects;
use crate::engine::suppress::comment::Comment;
use crate::resource::{ModuleCall, Resource};
use crate::source::Span;
use crate::workspace::Workspace;

/// The calls that have comments.
pub(super) struct Inside<'d> {
    calls: Vec<(&'d Comment, UnitId, &'d ModuleCall)>,
    places: Places<'d>,
    subjects: Subjects,
    workspace: &'d Workspace,
}

impl<'d> Inside<'d> {
    /// Finds the call that each comment is on.
    pub(super) fn new(comments: &'d [Comment], workspace: &'d Workspace) -> Inside<'d> {
        let all =
            || workspace.units.iter().flat_map(|unit| unit.module_calls.iter().map(|call| (unit.id, call)));
        let on = |comment: &'d Comment| {
            all().filter(|(_, call)| comment.is_on(call)).map(move |(unit, call)| (comment, unit, call))
        };
        let calls: Vec<_> = comments.iter().flat_map(on).collect();
        // A place in a module belongs to all of its calls, including those without a comment.
        let (places, subjects) = if calls.is_empty() {
            (Places::of(std::iter::empty()), Subjects::default())
        } else {
            (Places::of(workspace.resources()), Subjects::new(workspace))
        };
        Inside { calls, places, subjects, workspace }
    }

    /// The names in comments that apply to a finding, and whether every call with the finding has one: a comment on
    /// one call does not suppress the finding in another call of the module.
    pub(super) fn accept(&self, found: &Diagnostic) -> (Vec<Span>, bool) {
        if self.calls.is_empty() {
            return (Vec::new(), false);
        }
        let about = self.places.about(found);
        // A finding outside any request, such as an argument that the provider ignores, is in the block of one.
        let around =
            || self.subjects.all_of(found.span).into_iter().filter_map(|id| self.workspace.resource(id));
        let resources = if about.is_empty() { around().collect() } else { about };
        let names = |resource: &&Resource| -> Vec<Span> {
            let is_in = |unit: UnitId, call: &ModuleCall| {
                unit == resource.unit()
                    && resource.module().is_some_and(|module| module.is_within(&call.path))
            };
            let around = self.calls.iter().filter(|(_, unit, call)| is_in(*unit, call));
            around.filter_map(|(comment, ..)| comment.names(found.rule)).collect()
        };
        let names: Vec<Vec<Span>> = resources.iter().map(names).collect();
        let all = !names.is_empty() && names.iter().all(|names| !names.is_empty());
        (names.concat(), all)
    }
}
