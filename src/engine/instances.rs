//! Adds the affected instances to findings: one block of a configuration may create many resources, of which only some
//! are wrong.

use rustc_hash::FxHashMap;

use crate::address::ResourceRef;
use crate::diagnostic::{Diagnostic, Label};
use crate::resource::Resource;
use crate::source::Span;
use crate::workspace::Workspace;

/// Maximum number of named instances.
const MAX_NAMED: usize = 3;

/// Adds to each finding the affected instances of its block, if the block has several.
pub(crate) fn name(diagnostics: &mut [Diagnostic], workspace: &Workspace) {
    if diagnostics.is_empty() {
        return;
    }
    let places = Places::of(workspace.resources().filter(|resource| address(resource).is_some()));
    for diagnostic in diagnostics {
        let Some(all) = places.0.get(&diagnostic.span) else { continue };
        let named = places.about(diagnostic);
        // An edit would also change the correct instances.
        if named.len() < all.len() {
            diagnostic.fix = None;
        }
        // Several roots may read the same directory, with the same addresses.
        for block in unique(named.iter().map(|resource| resource.header)) {
            let instances = named.iter().filter(|resource| resource.header == block);
            let names = unique(instances.filter_map(|resource| address(resource)).map(ToString::to_string));
            diagnostic.labels.push(Label { span: block, message: list_of_instances(&names) });
        }
    }
}

/// Removes duplicates, keeping the first.
fn unique<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut seen, one| {
        if !seen.contains(&one) {
            seen.push(one);
        }
        seen
    })
}

/// The resources at each place.
pub(crate) struct Places<'d>(FxHashMap<Span, Vec<&'d Resource>>);

impl<'d> Places<'d> {
    /// Maps the places of some resources.
    pub(crate) fn of(resources: impl Iterator<Item = &'d Resource>) -> Places<'d> {
        let mut places = FxHashMap::default();
        resources.for_each(|resource| {
            note(resource.header, resource, &mut places);
            resource.request.each_place(&mut |place| note(place, resource, &mut places));
        });
        Places(places)
    }

    /// The resources that a finding is about.
    pub(crate) fn about(&self, found: &Diagnostic) -> Vec<&'d Resource> {
        let Some(all) = self.0.get(&found.span) else { return Vec::new() };
        let is_meant = |resource: &&Resource| {
            resource.address.as_ref().is_some_and(|address| found.resources.contains(address))
        };
        let meant: Vec<&Resource> = all.iter().copied().filter(is_meant).collect();
        if !meant.is_empty() {
            return meant;
        }
        // The labels may be in only some of these instances, or in other resources.
        let others = found.labels.iter().filter_map(|label| self.0.get(&label.span));
        others.fold(all.clone(), |meant, known| {
            let both = |resource: &&Resource| known.iter().any(|other| other.is(resource));
            let left: Vec<&Resource> = meant.iter().copied().filter(both).collect();
            if left.is_empty() { meant } else { left }
        })
    }
}

/// The address of a resource that is an instance of its block, or of a module call, or that is in a plan, where lines
/// are of little use.
fn address(resource: &Resource) -> Option<&ResourceRef> {
    let is_generated = resource.traits.is_generated && resource.origin.is_none();
    let is_meant = |address: &&ResourceRef| address.has_keys() || is_generated;
    resource.address.as_ref().filter(is_meant)
}

fn list_of_instances(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MAX_NAMED) {
        0 => format!("in {}", shown.join(", ")),
        more => format!("in {} and {more} more", shown.join(", ")),
    }
}

fn note<'d>(span: Span, resource: &'d Resource, places: &mut FxHashMap<Span, Vec<&'d Resource>>) {
    let there = places.entry(span).or_default();
    if !there.last().is_some_and(|last| last.is(resource)) {
        there.push(resource);
    }
}
