//! The values that a repository holds for the parameters of a template.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::{SmolStr, format_smolstr};

use crate::cloudformation::{Given, Template};
use crate::frontend::cache::ByText;
use crate::frontend::{RootSettings, script_files};
use crate::source::{FileId, Sources, VariableInput};
use crate::syntax::SyntaxError;
use crate::value::Node;

mod offered;
mod parameter_file;
mod samconfig;
mod scripts;
mod words;

use offered::Offered;
use parameter_file::ParameterFile;
use scripts::Calls;

/// A set of values for a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ValueSet {
    /// The name of the scenario: `prod`.
    pub name: SmolStr,
    /// The values.
    pub given: Given,
    /// The files that they are from.
    pub files: Vec<FileId>,
    /// What CloudFormation and the AWS CLI refuse in the values.
    pub errors: Vec<SyntaxError>,
}

/// What was read from files with values.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    parameter_files: ByText<Option<Arc<ParameterFile>>>,
    sam: ByText<Arc<Node>>,
}

/// What was read while the values of all templates were searched.
pub(super) struct Found {
    values: RefCell<Values>,
    /// The files of templates, which have no values.
    templates: FxHashSet<FileId>,
    /// The calls in the scripts of each directory.
    calls: RefCell<FxHashMap<PathBuf, Rc<Calls>>>,
    /// The files in each directory that can have values.
    candidates: RefCell<FxHashMap<PathBuf, Rc<Vec<FileId>>>>,
    /// The files with values for the templates of each directory.
    offered: RefCell<FxHashMap<PathBuf, Rc<Offered>>>,
}

impl Found {
    /// Starts with what was read before.
    pub(super) fn new(known: Values, templates: impl Iterator<Item = FileId>) -> Found {
        Found {
            values: RefCell::new(known),
            templates: templates.collect(),
            calls: RefCell::default(),
            candidates: RefCell::default(),
            offered: RefCell::default(),
        }
    }

    /// What was read, for the next run.
    pub(super) fn into_values(self) -> Values {
        self.values.into_inner()
    }

    fn parameter_file(&self, sources: &Sources, file: FileId) -> Option<Arc<ParameterFile>> {
        if self.templates.contains(&file) {
            return None;
        }
        let known = &mut self.values.borrow_mut().parameter_files;
        known.get_or_insert(sources, file, || parameter_file::read(sources, file).map(Arc::new))
    }

    /// The settings of SAM in a file.
    fn sam(&self, sources: &Sources, file: FileId) -> Arc<Node> {
        let known = &mut self.values.borrow_mut().sam;
        known.get_or_insert(sources, file, || Arc::new(samconfig::read(sources, file)))
    }

    fn calls(&self, sources: &Sources, directory: &Path) -> Rc<Calls> {
        let mut known = self.calls.borrow_mut();
        let read = || Rc::new(Calls::read(sources, &script_files::in_directory(sources, directory)));
        Rc::clone(known.entry(directory.to_owned()).or_insert_with(read))
    }

    fn offered(&self, sources: &Sources, directory: &Path, templates: &[&Template]) -> Rc<Offered> {
        if let Some(known) = self.offered.borrow().get(directory) {
            return Rc::clone(known);
        }
        let offered = Rc::new(Offered::new(self, sources, directory, templates));
        self.offered.borrow_mut().insert(directory.to_owned(), Rc::clone(&offered));
        offered
    }

    /// The files in a directory that have values of parameters.
    fn candidates(&self, sources: &Sources, directory: &Path) -> Rc<Vec<FileId>> {
        if let Some(known) = self.candidates.borrow().get(directory) {
            return Rc::clone(known);
        }
        let is_data = |path: &&PathBuf| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| ["json", "yaml", "yml"].contains(&extension))
        };
        let listed = sources.list(directory);
        let files = listed.iter().filter(is_data).filter_map(|path| sources.load(path).ok());
        let files = files.filter(|file| self.parameter_file(sources, *file).is_some());
        let files: Rc<Vec<FileId>> = Rc::new(files.collect());
        self.candidates.borrow_mut().insert(directory.to_owned(), Rc::clone(&files));
        files
    }
}

/// The values of a template, and where they come from.
pub(super) struct Search<'s> {
    pub sources: &'s Sources,
    pub found: &'s Found,
    pub template: &'s Template,
    /// The templates in the same directory, with this one.
    pub siblings: &'s [&'s Template],
}

impl Search<'_> {
    /// The sets of values: those of the command line, those of the settings, or those that the repository suggests.
    pub(super) fn sets(&self, settings: &RootSettings) -> Vec<ValueSet> {
        let sources = self.sources;
        let mut common = self.of_files(&settings.var_files);
        for input in sources.variables() {
            match input {
                VariableInput::File(file) => common.extend(self.of_files(&[*file])),
                VariableInput::Value(name, file) if self.declares(name) => {
                    let text = &sources.get(*file).text;
                    let at = crate::source::Span::new(*file, 0, text.len());
                    common.insert(name.clone(), Node::string(SmolStr::from(text.as_ref()), at));
                }
                VariableInput::Value(..) => {}
            }
        }
        let has_files = sources.variables().iter().any(|input| matches!(input, VariableInput::File(_)))
            || !settings.var_files.is_empty();
        let mut sets = self.of_settings(settings);
        if sets.is_empty() && (!has_files || common.is_empty()) {
            sets = self.suggested();
        }
        if sets.is_empty() && !common.is_empty() {
            sets.push(ValueSet {
                name: SmolStr::default(),
                given: Given::new(),
                files: Vec::new(),
                errors: Vec::new(),
            });
        }
        for set in &mut sets {
            set.given.extend(common.clone());
        }
        name_apart(&mut sets);
        sets
    }

    fn of_files(&self, files: &[FileId]) -> Given {
        let values = files.iter().filter_map(|file| self.found.parameter_file(self.sources, *file));
        values.flat_map(|file| self.ours(file.values.clone())).collect()
    }

    fn of_settings(&self, settings: &RootSettings) -> Vec<ValueSet> {
        let set = |scenario: &crate::frontend::ScenarioSettings| {
            let mut given = self.of_files(&scenario.var_files);
            let own = scenario.variables.iter().map(|entry| (entry.key.clone(), entry.value.clone()));
            given.extend(self.ours(own.collect()));
            (!given.is_empty()).then(|| ValueSet {
                name: scenario.name.clone(),
                given,
                files: scenario.var_files.clone(),
                errors: Vec::new(),
            })
        };
        settings.scenarios.iter().filter_map(set).collect()
    }

    /// The sets in files that name the template, or whose keys are parameters of this template only.
    fn suggested(&self) -> Vec<ValueSet> {
        let mut sets = self.of_parameter_files();
        let near = script_files::directories_above(self.sources, self.path());
        for directory in near {
            sets.extend(self.of_samconfig(directory));
            sets.extend(self.of_scripts(directory));
        }
        let mut unique: Vec<ValueSet> = Vec::new();
        for set in sets.into_iter().filter(|set| !set.given.is_empty() || !set.errors.is_empty()) {
            match unique.iter_mut().find(|known| is_same(&known.given, &set.given)) {
                Some(known) => known.errors.extend(set.errors),
                None => unique.push(set),
            }
        }
        unique
    }

    fn path(&self) -> &Path {
        &self.sources.get(self.template.file).path
    }

    fn declares(&self, name: &str) -> bool {
        self.template.member("Parameters", name).is_some()
    }

    /// The values of parameters of the template.
    fn ours(&self, values: Vec<(SmolStr, Node)>) -> Given {
        values.into_iter().filter(|(name, _)| self.declares(name)).collect()
    }

    /// Whether a path that a file mentions is that of the template; `directory` is that of the file, or of a directory above it.
    fn is_named(&self, directory: &Path, mentioned: &str) -> bool {
        let mentioned = mentioned.trim_start_matches("file://").trim_start_matches("./");
        let path = self.path();
        self.sources.absolute(&directory.join(mentioned)) == path
            || (mentioned.contains('/') && path.ends_with(mentioned))
            || path.file_name().is_some_and(|name| name.to_string_lossy() == mentioned)
    }

    fn of_parameter_files(&self) -> Vec<ValueSet> {
        let Some(directory) = self.path().parent() else { return Vec::new() };
        let offered = self.found.offered(self.sources, directory, self.siblings);
        let set = |file: FileId| {
            let path = &self.sources.get(file).path;
            let read = self.found.parameter_file(self.sources, file)?;
            let is_ours = read
                .template
                .as_ref()
                .is_none_or(|named| path.parent().is_some_and(|directory| self.is_named(directory, named)));
            let given = || self.ours(read.values.clone());
            let errors = read.errors.clone();
            is_ours.then(|| ValueSet { name: name_of(path), given: given(), files: vec![file], errors })
        };
        offered.to(self.template.file, self.path()).into_iter().filter_map(set).collect()
    }
}

/// Words that say only that a file has parameters.
const WORDS: &[&str] = &["parameters", "parameter", "params", "param", "config", "cfn", "stack"];

/// The name of a scenario: the name of its file without words such as `parameters`.
fn name_of(path: &Path) -> SmolStr {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let parts = stem.split(['-', '_', '.']).filter(|part| !WORDS.contains(&part.to_lowercase().as_str()));
    let name = parts.collect::<Vec<_>>().join("-");
    if name.is_empty() { stem.as_ref().into() } else { name.into() }
}

/// The last part of a path that a file mentions.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_same(one: &Given, other: &Given) -> bool {
    one.len() == other.len()
        && one.iter().all(|(name, value)| other.get(name).is_some_and(|known| known.is_same(value)))
}

/// Gives sets with the same name numbers.
fn name_apart(sets: &mut [ValueSet]) {
    for index in 1..sets.len() {
        let (before, rest) = sets.split_at_mut(index);
        let name = rest[0].name.clone();
        let same = before.iter().filter(|set| set.name == name).count();
        if same > 0 {
            rest[0].name = format_smolstr!("{name} ({})", same + 1);
        }
    }
}
