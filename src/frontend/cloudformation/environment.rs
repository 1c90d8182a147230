//! What templates provide to each other: nested templates, and exports.

use std::path::{Component, Path, PathBuf};

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::cloudformation::{Environment, Template, TemplateUrl};
use crate::frontend::cloudformation::cdk::Assembly;
use crate::resource::Origin;
use crate::source::{FileId, Sources};
use crate::value::{Node, NodeKind, Part};

/// The templates of a run, and their exports.
#[derive(Debug)]
pub(super) struct Templates<'t> {
    pub sources: &'t Sources,
    /// The templates by path.
    pub by_path: FxHashMap<PathBuf, &'t Template>,
    /// The cloud assemblies by directory.
    pub assemblies: FxHashMap<PathBuf, Arc<Assembly>>,
    pub exports: Exports,
}

/// The values of exports.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Exports {
    by_name: FxHashMap<Name, Vec<Node>>,
    /// What precedes the unknown part of names, by what follows it.
    starts: FxHashMap<String, Vec<String>>,
}

/// The name of an export: a text, or what precedes and follows the only unknown part.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Name {
    Text(SmolStr),
    Around(String, String),
}

impl Name {
    /// `None` if more than one part is unknown, or the whole name.
    fn of(node: &Node) -> Option<Name> {
        if let Some(text) = node.as_str() {
            return Some(Name::Text(text.into()));
        }
        let NodeKind::Text(text) = &node.kind else { return None };
        let unknown = text.parts.iter().filter(|part| matches!(part, Part::Unknown(..))).count();
        (unknown == 1).then(|| Name::Around(node.known_start(), node.known_end()))
    }
}

impl Exports {
    /// The exports with some names and values.
    pub(super) fn new(pairs: impl Iterator<Item = (Node, Node)>) -> Exports {
        let mut exports = Exports::default();
        for (name, value) in pairs {
            let Some(name) = Name::of(&name) else { continue };
            if let Name::Around(start, end) = &name
                && !exports.by_name.contains_key(&name)
            {
                exports.starts.entry(end.clone()).or_default().push(start.clone());
            }
            exports.by_name.entry(name).or_default().push(value);
        }
        exports
    }

    /// The value of the export with a name; `None` if several with different values can have it.
    fn get(&self, name: &Node) -> Option<Node> {
        let name = Name::of(name)?;
        let values = self.by_name.get(&name).or_else(|| match &name {
            Name::Text(text) => self.by_name.get(&self.around(text)?),
            Name::Around(..) => None,
        })?;
        let (first, rest) = values.split_first()?;
        rest.iter().all(|other| other.is_same(first)).then(|| first.clone())
    }

    /// The only name with an unknown part, such as the name of a stack, that can be a text.
    fn around(&self, text: &str) -> Option<Name> {
        // CloudFormation allows names of 255 characters.
        let ends = text.char_indices().skip(1).take(255).map(|(at, _)| (at, &text[at..]));
        let names = ends.filter_map(|(at, end)| Some((&text[..at], end, self.starts.get(end)?)));
        let mut found = names.flat_map(|(before, end, starts)| {
            let starts = starts
                .iter()
                .filter(move |start| before.len() > start.len() && before.starts_with(start.as_str()));
            starts.map(move |start| Name::Around(start.clone(), end.to_owned()))
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

impl Environment for Templates<'_> {
    /// A template is never nested in itself: what has its name elsewhere is another template.
    fn nested(&self, caller: FileId, url: &TemplateUrl) -> Option<&Template> {
        let found = self.by_path.get(&self.path_of(caller, url)?).copied();
        found.filter(|template| template.file != caller)
    }

    fn export(&self, name: &Node) -> Option<Node> {
        self.exports.get(name)
    }
}

impl Templates<'_> {
    /// What made a resource of a template.
    pub(super) fn origin(&self, template: FileId, logical_id: &SmolStr) -> Option<&Arc<Origin>> {
        let path = &self.sources.get(template).path;
        self.assemblies.get(path.parent()?)?.origin(path, logical_id)
    }

    /// Whether a template is in a cloud assembly.
    pub(super) fn is_generated(&self, template: FileId) -> bool {
        self.sources.get(template).path.parent().is_some_and(|here| self.assemblies.contains_key(here))
    }

    /// The file that a `TemplateURL` leads to: a path next to the caller, or the only template at the end of an address.
    fn path_of(&self, caller: FileId, url: &TemplateUrl) -> Option<PathBuf> {
        let (TemplateUrl::Whole(text) | TemplateUrl::End(text)) = url;
        let is_whole = matches!(url, TemplateUrl::Whole(_));
        if is_whole && !text.contains("://") && !text.starts_with('/') && !text.is_empty() {
            let directory = self.sources.get(caller).path.parent()?;
            return Some(tidy(&directory.join(text)));
        }
        let path = text.split(['?', '#']).next()?;
        let assembly = self.sources.get(caller).path.parent().and_then(|here| self.assemblies.get(here));
        let name = path.rsplit('/').next().unwrap_or_default();
        if let Some(asset) = assembly.and_then(|assembly| assembly.assets.get(name)) {
            return Some(asset.clone());
        }
        let parts: Vec<&str> = path.rsplit('/').filter(|part| !part.is_empty()).take(2).collect();
        let ends_with = |path: &&PathBuf, count: usize| {
            let mut own = path.iter().rev().map(|part| part.to_string_lossy());
            parts.len() >= count && parts.iter().take(count).all(|part| own.next().as_deref() == Some(*part))
        };
        for count in [2, 1] {
            let mut found = self.by_path.keys().filter(|path| ends_with(path, count));
            if let (Some(only), None) = (found.next(), found.next()) {
                return Some(only.clone());
            }
        }
        None
    }
}

/// A path without `.` and `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}
