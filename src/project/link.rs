//! From a value that names a document to the document: by Terraform address, by ARN or id, by family.

use std::path::Path;

use crate::model::Task;
use crate::node::{Kind as NodeKind, Node};
use crate::project::{Document, Kind, Project, Scope};
use crate::value::View;

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link<T> {
    /// To this.
    To(T),
    /// To something the files do not hold, or not for certain.
    Unknown,
    /// Nothing is referred to.
    None,
}

impl<T> Link<T> {
    /// What it leads to, where that is known.
    pub fn known(self) -> Option<T> {
        match self {
            Link::To(to) => Some(to),
            Link::Unknown | Link::None => None,
        }
    }

    /// The same link, to another form of what it leads to.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Link<U> {
        match self {
            Link::To(to) => Link::To(form(to)),
            Link::Unknown => Link::Unknown,
            Link::None => Link::None,
        }
    }
}

impl<'a> Project<'a> {
    /// The document of one of `kinds` that a value names.
    pub(crate) fn resolve(self, kinds: &[Kind], node: &Node) -> Link<&'a Document> {
        let named = match node.resource() {
            Some(address) => self.index().at(address),
            None => node.as_str().map_or(&[][..], |id| self.index().called(id)),
        };
        let mut named = named.iter().filter_map(|at| self.documents.all.get(*at));
        let found = named.find(|document| kinds.contains(&document.kind));
        found.map_or(Link::Unknown, Link::To)
    }

    /// The task definition that a service's `taskDefinition` names.
    pub(crate) fn task_of(self, service: &'a Document, request: View<'a>) -> Link<Task<'a>> {
        let Some(entry) = request.entry("taskDefinition") else { return Link::None };
        self.task_named(&entry.value, service.scope)
    }

    /// The task definition that a value names, by its address, its ARN or its family.
    pub fn task_named(self, node: &Node, scope: Scope) -> Link<Task<'a>> {
        let document = match (self.resolve(&[Kind::Task], node), family(node)) {
            (Link::To(document), _) => Some(document),
            (_, Some(family)) => self.task_of_family(&family, scope),
            _ => None,
        };
        document.map_or(Link::Unknown, |document| Link::To(Task::new(self, document)))
    }

    /// The one task definition of a family: in the same Terraform root, or in the nearest JSON file.
    fn task_of_family(self, family: &str, scope: Scope) -> Option<&'a Document> {
        let of_family = self.index().family(family).iter().filter_map(|at| self.documents.all.get(*at));
        let near = of_family.filter_map(|document| Some((self.distance(scope, document.scope)?, document)));
        let near: Vec<(usize, &Document)> = near.collect();
        let nearest = near.iter().map(|(distance, _)| *distance).min()?;
        let mut candidates = near.into_iter().filter(|(distance, _)| *distance == nearest);
        match (candidates.next(), candidates.next()) {
            (Some((_, only)), None) => Some(only),
            _ => None,
        }
    }

    /// How far apart two scopes are: steps through directories between JSON files; none where they do not meet.
    fn distance(self, from: Scope, to: Scope) -> Option<usize> {
        match (from, to) {
            (Scope::Json(from), Scope::Json(to)) => {
                let directory = |file| self.index().directory(self.documents, file);
                let (from, to) = (directory(from)?, directory(to)?);
                Some(steps_between(from, to))
            }
            _ => (from == to).then_some(0),
        }
    }
}

/// The family that a `taskDefinition` names: `web`, `web:7`, or the end of a task definition's ARN. Where only the
/// revision is unknown the family is known all the same.
pub(super) fn family(node: &Node) -> Option<String> {
    let (text, known) = match &node.kind {
        NodeKind::Text(text) => (text.known_start(), text.known().is_some()),
        _ => (node.as_str()?.to_owned(), true),
    };
    let name = match text.rsplit_once(":task-definition/") {
        Some((_, name)) => name,
        None if text.starts_with("arn:") => return None,
        None => &text,
    };
    let family = match name.split_once(':') {
        Some((family, _)) => family,
        None if known => name,
        None => return None,
    };
    (!family.is_empty()).then(|| family.to_owned())
}

fn steps_between(from: &Path, to: &Path) -> usize {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    from.components().count() + to.components().count() - 2 * shared
}
