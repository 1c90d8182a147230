//! Identifies the same finding in two runs: by its rule, its resource, its message, and the bytes it is about. The
//! line is not included, so that a finding that moves keeps its fingerprint.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::address::{ResourceId, ResourceRef};
use crate::diagnostic::Diagnostic;
use crate::engine::Outcome;
use crate::resource::{Kind, Resource};
use crate::source::{FileId, Sources, Span, Spans};
use crate::value::{Node, NodeKind};
use crate::workspace::Workspace;

/// The extents of all resources of a run, for finding the resource of a finding.
#[derive(Debug, Default)]
pub struct Subjects {
    /// The extent of each resource in every file that it is written in.
    extents: BTreeMap<FileId, Vec<(Span, usize)>>,
    subjects: Vec<Subject>,
}

/// The resource that a finding belongs to.
#[derive(Debug)]
pub struct Subject {
    id: ResourceId,
    kind: Kind,
    /// Its address, if its format has addresses.
    address: Option<ResourceRef>,
    /// The name that its request gives it.
    own_name: Option<String>,
    /// Where findings about all of it are.
    header: Span,
}

impl Subject {
    fn new(resource: &Resource) -> Subject {
        let own_name = match (&resource.address, &resource.request.kind) {
            (None, NodeKind::Object(object)) => {
                let mut entries = object.entries.iter();
                entries.find_map(|entry| match (entry.key.as_str(), &entry.value.kind) {
                    ("family" | "serviceName" | "clusterName", NodeKind::String(name)) => {
                        Some(name.to_string())
                    }
                    _ => None,
                })
            }
            _ => None,
        };
        let address = resource.address.clone();
        Subject { id: resource.id, kind: resource.kind, address, own_name, header: resource.header }
    }

    /// Its address, or its action and the name its request gives it.
    fn key(&self) -> Cow<'_, str> {
        match &self.address {
            Some(address) => address.to_string().into(),
            None => format!("{} {}", self.kind.action(), self.own_name.as_deref().unwrap_or_default()).into(),
        }
    }
}

impl Subject {
    /// How a place in it is labelled: "in `aws_ecs_service.web`", "in task definition `web`"; its own place is "this service".
    pub fn label(&self, place: Span) -> String {
        let noun = self.kind.noun();
        match (&self.address, &self.own_name) {
            _ if place == self.header => format!("this {noun}"),
            (Some(address), _) => format!("in `{address}`"),
            (None, Some(name)) => format!("in {noun} `{name}`"),
            (None, None) => format!("in this {noun}"),
        }
    }
}

impl Subjects {
    /// Records the extent of every resource.
    pub fn new(workspace: &Workspace) -> Subjects {
        let mut subjects = Subjects::default();
        for (index, resource) in workspace.resources().enumerate() {
            subjects.subjects.push(Subject::new(resource));
            let mut hulls = BTreeMap::new();
            widen(&mut hulls, resource.header);
            collect(&resource.request, &mut hulls);
            for (file, hull) in hulls {
                subjects.extents.entry(file).or_default().push((hull, index));
            }
        }
        subjects
    }

    /// The resource at a place: the innermost one that contains it; `None` if there is none.
    pub fn of(&self, span: Span) -> Option<&Subject> {
        let extents = self.extents.get(&span.file).into_iter().flatten();
        let around = extents.filter(|(hull, _)| hull.contains(span));
        let narrowest = around.min_by_key(|(hull, index)| (hull.end - hull.start, *index));
        narrowest.map(|(_, index)| &self.subjects[*index])
    }

    /// The resource at a place: the innermost one, and if several have the same extent, the first one of those that a finding is about.
    pub fn among(&self, span: Span, meant: &[ResourceRef]) -> Option<&Subject> {
        let first = self.of(span)?;
        let same = self.all_of(span);
        let is_meant = |subject: &&Subject| {
            same.contains(&subject.id)
                && subject.address.as_ref().is_some_and(|address| meant.contains(address))
        };
        let meant = (!meant.is_empty()).then(|| self.subjects.iter().find(is_meant)).flatten();
        Some(meant.unwrap_or(first))
    }

    /// The name of that resource, which stays when the resource moves; empty if there is none.
    pub(crate) fn key(&self, span: Span) -> Cow<'_, str> {
        self.of(span).map(Subject::key).unwrap_or_default()
    }

    /// The resources at a place: all that have the same extent as the innermost one that contains it.
    pub(crate) fn all_of(&self, span: Span) -> Vec<ResourceId> {
        let extents = self.extents.get(&span.file).into_iter().flatten();
        let around = extents.filter(|(hull, _)| hull.contains(span));
        let narrowest = around.clone().map(|(hull, _)| hull.end - hull.start).min();
        let same = around.filter(|(hull, _)| Some(hull.end - hull.start) == narrowest);
        same.map(|(_, index)| self.subjects[*index].id).collect()
    }
}

fn collect(node: &Node, hulls: &mut BTreeMap<FileId, Span>) {
    widen(hulls, node.at);
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().for_each(|item| collect(item, hulls)),
        NodeKind::Object(object) => {
            for entry in &object.entries {
                widen(hulls, entry.key_at);
                collect(&entry.value, hulls);
            }
        }
        _ => {}
    }
}

fn widen(hulls: &mut BTreeMap<FileId, Span>, span: Span) {
    let hull = hulls.entry(span.file).or_insert(span);
    hull.start = hull.start.min(span.start);
    hull.end = hull.end.max(span.end);
}

/// Whether findings in a moved file keep their fingerprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// They keep them.
    Same,
    /// They get new ones.
    New,
}

/// The fingerprint of every finding of a run, in order. Fingerprints are unique: findings that are otherwise identical
/// are numbered.
pub fn all(outcome: &Outcome, sources: &Sources, moved: Moved) -> Vec<String> {
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    let counted = |found: &Diagnostic| {
        let subject = outcome.subjects.key(found.span);
        let base =
            base(found, &outcome.redactor.redact_strictly(&subject), &outcome.redactor.spans, sources, moved);
        let count = seen.entry(base).or_default();
        *count += 1;
        format!("{:016x}", hash(base, &count.to_le_bytes()))
    };
    outcome.diagnostics.iter().map(counted).collect()
}

fn base(found: &Diagnostic, subject: &str, hidden: &Spans, sources: &Sources, moved: Moved) -> u64 {
    let path = match moved {
        Moved::Same => String::new(),
        Moved::New => sources.name(found.span.file),
    };
    // The fingerprint must not depend on a credential.
    let text = without(found.span, hidden.within(found.span), sources);
    let parts = [found.rule, subject, &found.message, text.trim(), &path];
    // The separator byte occurs in no text, so different lists of parts never produce the same bytes.
    parts.iter().fold(SEED, |state, part| hash(hash(state, part.as_bytes()), &[0xFF]))
}

/// The bytes of a place without those of others.
fn without(span: Span, others: &[Span], sources: &Sources) -> String {
    let ends = others.iter().map(|other| other.start.max(span.start)).chain([span.end]);
    let starts = [span.start].into_iter().chain(others.iter().map(|other| other.end));
    starts.zip(ends).map(|(start, end)| sources.text(Span { start, end, ..span })).collect()
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, because its result is the same on every machine and in every version.
fn hash(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
