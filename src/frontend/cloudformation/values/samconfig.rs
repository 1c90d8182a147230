//! `samconfig.toml` and `samconfig.yaml`: the values of each environment of SAM.

use std::path::Path;

use smol_str::SmolStr;

use crate::cloudformation::Given;
use crate::frontend::cloudformation::values::{Search, ValueSet, words};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{toml, yaml};
use crate::value::{Entry, Mapped, Node};

/// The templates that SAM reads if no other is named.
const DEFAULT_TEMPLATES: &[&str] = &["template.yaml", "template.yml", "template.json"];

/// The names of the file; SAM reads the first one that exists.
const NAMES: &[&str] = &["samconfig.toml", "samconfig.yaml", "samconfig.yml"];

/// Reads a file.
pub(super) fn read(sources: &Sources, file: FileId) -> Node {
    let source = sources.get(file);
    if source.path.extension().is_some_and(|extension| extension == "toml") {
        return toml::parse(file, &source.text).0;
    }
    let root = yaml::document(&Mapped::file(file, &source.text)).root;
    root.unwrap_or_else(|| Node::object(Vec::new(), Span::new(file, 0, 0)))
}

impl Search<'_> {
    /// The sets in the settings of SAM in a directory, if they name the template.
    pub(super) fn of_samconfig(&self, directory: &Path) -> Vec<ValueSet> {
        let mut paths = NAMES.iter().map(|name| directory.join(name));
        let named = paths.find(|path| self.sources.lists(path));
        let Some(Ok(file)) = named.map(|path| self.sources.load(&path)) else { return Vec::new() };
        let root = self.found.sam(self.sources, file);
        let environments = root.as_object().map_or(&[][..], |root| &root.entries);
        let set = |environment: &Entry| {
            let own = ["global", "deploy"].map(|command| environment.value.get(command)?.get("parameters"));
            let named = own.iter().flatten().rev().find_map(|own| own.get("template_file")?.as_str());
            let is_named = match named {
                Some(named) => self.is_named(directory, named),
                None => DEFAULT_TEMPLATES.iter().any(|name| directory.join(name) == self.path()),
            };
            let overrides = own.iter().flatten().filter_map(|own| own.get("parameter_overrides"));
            let values = overrides.flat_map(assignments).collect();
            let mut given: Given = self.ours(values);
            if let Some(region) = own.iter().flatten().rev().find_map(|own| own.get("region")) {
                given.insert(SmolStr::new_static("AWS::Region"), region.clone());
            }
            is_named.then(|| ValueSet {
                name: environment.key.clone(),
                given,
                files: vec![file],
                errors: Vec::new(),
            })
        };
        environments.iter().filter_map(set).collect()
    }
}

/// The values in a string, or in a list of strings.
fn assignments(overrides: &Node) -> Vec<(SmolStr, Node)> {
    if let Some(list) = overrides.as_array() {
        return list.items.iter().flat_map(assignments).collect();
    }
    let Some(text) = overrides.as_str() else { return Vec::new() };
    let is_quoted = overrides.at.range().len() == text.len() + 2;
    let place = |range: std::ops::Range<usize>| {
        if is_quoted { overrides.at.slice(range.start + 1..range.end + 1) } else { overrides.at }
    };
    let found = words::words(text).into_iter();
    found.filter_map(|(word, range)| words::assignment(word, place(range))).collect()
}
