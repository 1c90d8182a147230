//! Findings name the instances they are about: one block of a configuration may be many resources, and only some wrong.

use rustc_hash::FxHashMap;

use crate::address::ResourceRef;
use crate::diagnostic::{Diagnostic, Label};
use crate::resource::Resource;
use crate::source::Span;
use crate::value::{Node, NodeKind};
use crate::workspace::Workspace;

/// How many instances are named.
const MAX_NAMED: usize = 3;

/// Adds to each finding the instances of its block, where the block is several.
pub(crate) fn name(diagnostics: &mut [Diagnostic], workspace: &Workspace) {
    if diagnostics.is_empty() {
        return;
    }
    let places = Places::of(workspace.resources().filter(|document| address(document).is_some()));
    for diagnostic in diagnostics {
        let Some(all) = places.0.get(&diagnostic.span) else { continue };
        let named = places.certain_match(diagnostic);
        // An edit would change the instances that nothing is wrong with.
        if named.len() < all.len() {
            diagnostic.fix = None;
        }
        // One directory may be read in several roots, in which it has the same addresses.
        for block in unique(named.iter().map(|document| document.header)) {
            let instances = named.iter().filter(|document| document.header == block);
            let names = unique(instances.filter_map(|document| address(document)).map(ToString::to_string));
            diagnostic.labels.push(Label { span: block, message: said(&names) });
        }
    }
}

/// The first of each that are equal.
fn unique<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut seen, one| {
        if !seen.contains(&one) {
            seen.push(one);
        }
        seen
    })
}

/// The documents that each place is a part of.
pub(crate) struct Places<'d>(FxHashMap<Span, Vec<&'d Resource>>);

impl<'d> Places<'d> {
    /// The places of some documents.
    pub(crate) fn of(documents: impl Iterator<Item = &'d Resource>) -> Places<'d> {
        let mut places = FxHashMap::default();
        documents.for_each(|document| {
            note(document.header, document, &mut places);
            collect(&document.request, document, &mut places);
        });
        Places(places)
    }

    /// The documents that a finding is about.
    pub(crate) fn certain_match(&self, found: &Diagnostic) -> Vec<&'d Resource> {
        let Some(all) = self.0.get(&found.span) else { return Vec::new() };
        // What else makes it so stands in these instances alone, or in other resources.
        let others = found.labels.iter().filter_map(|label| self.0.get(&label.span));
        others.fold(all.clone(), |certain_match, known| {
            let both = |document: &&Resource| known.iter().any(|other| other.is(document));
            let left: Vec<&Resource> = certain_match.iter().copied().filter(both).collect();
            if left.is_empty() { certain_match } else { left }
        })
    }
}

/// The address of a document that is an instance of its block, or of its module's call, or stands in a plan, whose
/// lines say little.
fn address(document: &Resource) -> Option<&ResourceRef> {
    let is_meant = |address: &&ResourceRef| address.has_keys() || document.traits.is_generated;
    document.address.as_ref().filter(is_meant)
}

fn said(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MAX_NAMED) {
        0 => format!("in {}", shown.join(", ")),
        more => format!("in {} and {more} more", shown.join(", ")),
    }
}

fn collect<'d>(node: &Node, document: &'d Resource, places: &mut FxHashMap<Span, Vec<&'d Resource>>) {
    note(node.at, document, places);
    node.used.into_iter().for_each(|place| note(place, document, places));
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().for_each(|item| collect(item, document, places)),
        NodeKind::Object(object) => {
            for entry in &object.entries {
                note(entry.key_at, document, places);
                collect(&entry.value, document, places);
            }
        }
        _ => {}
    }
}

fn note<'d>(span: Span, document: &'d Resource, places: &mut FxHashMap<Span, Vec<&'d Resource>>) {
    let there = places.entry(span).or_default();
    if !there.last().is_some_and(|last| last.is(document)) {
        there.push(document);
    }
}
