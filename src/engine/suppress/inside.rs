//! A comment on a module call applies to everything that the call creates, in every instance.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::address::{ModulePath, UnitId};
use crate::diagnostic::Diagnostic;
use crate::engine::Places;
use crate::engine::fingerprint::Subjects;
use crate::engine::suppress::comment::Comment;
use crate::resource::Resource;
use crate::source::{FileId, Span};
use crate::workspace::{IndexedUnit, Workspace};

/// The calls that have comments.
pub(super) struct Inside<'d> {
    /// The comments on each call.
    calls: FxHashMap<(UnitId, ModulePath), Vec<&'d Comment>>,
    /// The first unit that has a call, by the place where the call begins.
    units: FxHashMap<(FileId, u32), &'d Arc<IndexedUnit>>,
    places: Places<'d>,
    subjects: Subjects,
    workspace: &'d Workspace,
}

impl<'d> Inside<'d> {
    /// Finds the call that each comment is on.
    pub(super) fn new(comments: &'d [Comment], workspace: &'d Workspace) -> Inside<'d> {
        let mut beginning: FxHashMap<(FileId, u32), Vec<&Comment>> = FxHashMap::default();
        for comment in comments {
            if let Some(about) = comment.about {
                beginning.entry((about.file, about.start)).or_default().push(comment);
            }
        }
        let mut calls: FxHashMap<_, Vec<&Comment>> = FxHashMap::default();
        let mut units = FxHashMap::default();
        for unit in &workspace.units {
            for call in &unit.module_calls {
                let place = (call.at.file, call.at.start);
                if let Some(own) = beginning.get(&place) {
                    calls.entry((unit.id, call.path.clone())).or_default().extend(own);
                    units.entry(place).or_insert(unit);
                }
            }
        }
        // A place in a module belongs to all of its calls, including those without a comment.
        let (places, subjects) = if calls.is_empty() {
            (Places::of(std::iter::empty()), Subjects::default())
        } else {
            (Places::of(workspace.resources()), Subjects::new(workspace))
        };
        Inside { calls, units, places, subjects, workspace }
    }

    /// The first unit that has the call that a comment is on.
    pub(super) fn unit(&self, comment: &Comment) -> Option<&'d IndexedUnit> {
        let about = comment.about?;
        self.units.get(&(about.file, about.start)).map(|unit| &***unit)
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
            let calls = resource.module().into_iter().flat_map(ModulePath::calls);
            let comments = calls.filter_map(|call| self.calls.get(&(resource.unit(), call))).flatten();
            comments.filter_map(|comment| comment.names(found.rule)).collect()
        };
        let names: Vec<Vec<Span>> = resources.iter().map(names).collect();
        let all = !names.is_empty() && names.iter().all(|names| !names.is_empty());
        (names.concat(), all)
    }
}
