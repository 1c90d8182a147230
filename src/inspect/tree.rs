//! Finds the values and keys at a position in a file.

use crate::inspect::Point;
use crate::model::Resource;
use crate::resource::Language;
use crate::source::{FileId, Span};
use crate::value::{Entry, Node, NodeKind};
use crate::workspace::Workspace;

/// A value and its path.
#[derive(Clone, Debug)]
pub struct Located<'r> {
    /// The resource that contains it.
    pub resource: &'r Resource,
    /// The value.
    pub node: &'r Node,
    /// The bytes at which it was found: where it is written, or where it is used.
    pub place: Span,
    /// The keys that lead to it; an item of a list has the list's key.
    pub keys: Vec<&'r str>,
    /// The values that contain it, outermost (the request) first.
    pub ancestors: Vec<&'r Node>,
}

impl Located<'_> {
    /// Whether it is a value of a CloudFormation template.
    pub fn is_of_template(&self) -> bool {
        self.resource.traits.language == Language::CloudFormation
    }

    /// What makes unknown values known.
    pub fn event(&self) -> &'static str {
        if self.is_of_template() { "the stack is created" } else { "apply" }
    }

    /// The key of the value.
    pub fn key(&self) -> &str {
        self.keys.last().copied().unwrap_or_default()
    }

    /// The key of the object that contains it.
    pub fn parent_key(&self) -> &str {
        match self.keys.len() {
            0 | 1 => "",
            length => self.keys[length - 2],
        }
    }
}

/// The innermost values at a point, one for each resource that has one there.
pub fn at(workspace: &Workspace, point: Point) -> Vec<Located<'_>> {
    workspace.resources().filter_map(|resource| innermost(resource, point)).collect()
}

fn innermost(resource: &Resource, point: Point) -> Option<Located<'_>> {
    let mut found: Option<Located> = None;
    TreePath::default().walk(&resource.request, &mut |node, path| {
        let places = [Some(node.at), node.used].into_iter().flatten();
        let touched = places.filter(|place| point.touches(*place)).min_by_key(|place| length(*place));
        let Some(place) = touched else { return };
        // Of two values with the same extent, prefer the inner one, which comes later.
        if found.as_ref().is_none_or(|found| length(place) <= length(found.place)) {
            let (keys, ancestors) = (path.keys.clone(), path.ancestors.clone());
            found = Some(Located { resource, node, place, keys, ancestors });
        }
    });
    found
}

/// A member of an object and its path.
#[derive(Clone, Debug)]
pub struct Member<'r> {
    /// The keys that lead to it, including its own.
    pub keys: Vec<&'r str>,
    /// The member.
    pub entry: &'r Entry,
    /// The values that contain it, outermost (the request) first and its object last.
    pub ancestors: Vec<&'r Node>,
}

impl<'r> Member<'r> {
    /// The object that has the member.
    pub fn object(&self) -> Option<&'r Node> {
        self.ancestors.last().copied()
    }
}

/// The member whose key is at a point.
pub fn member_at(resource: &Resource, point: Point) -> Option<Member<'_>> {
    let mut found = None;
    TreePath::default().walk(&resource.request, &mut |node, path| {
        let Some(object) = node.as_object() else { return };
        if let Some(entry) = object.entries.iter().find(|entry| point.touches(entry.key_at)) {
            let mut keys = path.keys.clone();
            keys.push(&entry.key);
            let ancestors = path.ancestors.iter().copied().chain([node]).collect();
            found = Some(Member { keys, entry, ancestors });
        }
    });
    found
}

fn length(span: Span) -> usize {
    span.range().len()
}

/// The extent of a value in a file, from its first byte to its last. A part that is written elsewhere, such as in a local, counts where
/// it is used.
pub fn extent(node: &Node, file: FileId) -> Option<Span> {
    let mut extent = None;
    widen(node, file, &mut extent);
    extent
}

fn widen(node: &Node, file: FileId, extent: &mut Option<Span>) {
    let used = node.used.filter(|used| used.file == file);
    if let Some(span) = used.or(Some(node.at).filter(|at| at.file == file)) {
        *extent = Some(extent.map_or(span, |extent| Span {
            start: extent.start.min(span.start),
            end: extent.end.max(span.end),
            ..extent
        }));
    }
    match &node.kind {
        _ if used.is_some() => {}
        NodeKind::Array(array) => array.items.iter().for_each(|item| widen(item, file, extent)),
        NodeKind::Object(object) => {
            object.entries.iter().for_each(|entry| widen(&entry.value, file, extent));
        }
        _ => {}
    }
}

/// The places of a value and of everything in it.
pub fn places(node: &Node) -> Vec<Span> {
    let mut places = Vec::new();
    TreePath::default().walk(node, &mut |node, _| places.push(node.at));
    places
}

/// The path to a value.
#[derive(Default)]
struct TreePath<'r> {
    keys: Vec<&'r str>,
    ancestors: Vec<&'r Node>,
}

impl<'r> TreePath<'r> {
    /// Visits a value and everything in it, outer values first.
    fn walk(&mut self, node: &'r Node, visit: &mut dyn FnMut(&'r Node, &TreePath<'r>)) {
        visit(node, self);
        self.ancestors.push(node);
        match &node.kind {
            NodeKind::Array(array) => array.items.iter().for_each(|item| self.walk(item, visit)),
            NodeKind::Object(object) => object.entries.iter().for_each(|entry| self.enter(entry, visit)),
            _ => {}
        }
        self.ancestors.pop();
    }

    fn enter(&mut self, entry: &'r Entry, visit: &mut dyn FnMut(&'r Node, &TreePath<'r>)) {
        self.keys.push(&entry.key);
        self.walk(&entry.value, visit);
        self.keys.pop();
    }
}
