//! What templates provide to each other: nested templates, and exports.

use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::cloudformation::{Environment, Template};
use crate::source::{FileId, Sources};
use crate::value::{Node, NodeKind, Part};

/// The templates of a run, and their exports.
#[derive(Debug)]
pub(super) struct Templates<'t> {
    pub sources: &'t Sources,
    /// The templates by path.
    pub by_path: FxHashMap<PathBuf, &'t Template>,
    /// The names of exports, and their values.
    pub exports: Vec<(Node, Node)>,
}

impl Environment for Templates<'_> {
    fn nested(&self, caller: FileId, url: &str) -> Option<&Template> {
        self.by_path.get(&self.path_of(caller, url)?).copied()
    }

    fn export(&self, name: &Node) -> Option<Node> {
        let mut found = self.exports.iter().filter(|(known, _)| may_be(known, name)).map(|(_, value)| value);
        let first = found.next()?;
        found.all(|other| other.is_same(first)).then(|| first.clone())
    }
}

impl Templates<'_> {
    /// The file that a `TemplateURL` leads to: a path next to the caller, or the only template at the end of an address.
    pub(super) fn path_of(&self, caller: FileId, url: &str) -> Option<PathBuf> {
        if !url.contains("://") && !url.starts_with('/') && !url.is_empty() {
            let directory = self.sources.get(caller).path.parent()?;
            return Some(tidy(&directory.join(url)));
        }
        let path = url.split(['?', '#']).next()?;
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

/// Whether an export has a name: both are the same text, or have one unknown part in the same place.
fn may_be(export: &Node, name: &Node) -> bool {
    if let (Some(export), Some(name)) = (export.as_str(), name.as_str()) {
        return export == name;
    }
    let has_one_hole = |node: &Node| match &node.kind {
        NodeKind::Text(text) => {
            text.parts.iter().filter(|part| matches!(part, Part::Unknown(..))).count() == 1
        }
        _ => false,
    };
    let rest = |node: &Node| (node.known_start(), node.known_end());
    has_one_hole(export) && has_one_hole(name) && rest(export) == rest(name)
}
