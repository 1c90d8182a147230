//! Reads all units of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::address::UnitId;
use crate::parallel;
use crate::source::{FileId, Sources};
use crate::terraform::{Directories, Provider, is_automatic};
use crate::terragrunt::dependency::{self, Outputs};
use crate::terragrunt::file::{self, File};
use crate::terragrunt::reader::{Reader, Repository};
use crate::terragrunt::scope::Scope;
use crate::terragrunt::unit::{self, Module, Unit};
use crate::terragrunt::{UNIT, merge, naming};
use crate::value::Node;

/// The units among some files, sorted by path, with the values of their inputs.
pub fn units(
    sources: &Sources,
    directories: &Directories,
    provider: &dyn Provider,
    files: &[FileId],
) -> Vec<Unit> {
    let is_unit = |path: &&Path| path.file_name().is_some_and(|name| name == UNIT);
    let paths: BTreeSet<&Path> =
        files.iter().map(|file| sources.get(*file).path.as_path()).filter(is_unit).collect();
    if paths.is_empty() {
        return Vec::new();
    }
    let repository = Repository::new(sources, directories, provider);
    let paths: Vec<&Path> = paths.into_iter().collect();
    let read = parallel::map(&paths, |path| Draft::read(&repository, path, &Outputs::default()));
    let included: BTreeSet<PathBuf> =
        read.iter().flatten().flat_map(|draft| draft.file.included.iter().cloned()).collect();
    let is_own = |draft: &Draft| !included.contains(&draft.path.join(UNIT));
    let drafts: Vec<Draft> = read.into_iter().flatten().filter(is_own).collect();
    let names = names(sources, &drafts);
    let with_outputs = dependency::in_order(&repository, drafts);
    with_outputs.into_iter().zip(names).map(|(draft, name)| Unit { name, ..draft.into_unit() }).collect()
}

/// The names of units, each among those of its module.
fn names(sources: &Sources, drafts: &[Draft]) -> Vec<SmolStr> {
    let mut of_module: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Module::Local(path) = &draft.module {
            of_module.entry(path).or_default().push(index);
        }
    }
    let mut names = vec![SmolStr::default(); drafts.len()];
    for indexes in of_module.values() {
        let paths: Vec<&Path> =
            indexes.iter().map(|index| sources.within_root(&drafts[*index].path)).collect();
        for (index, name) in indexes.iter().zip(naming::names(&paths)) {
            names[*index] = name;
        }
    }
    names
}

/// A unit that is being read.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Its directory.
    pub path: PathBuf,
    pub module: Module,
    pub file: File,
    /// The variables in var files.
    passed: Option<Node>,
    files: Vec<FileId>,
    has_code: bool,
}

impl Draft {
    /// Reads a unit, with known outputs of its dependencies; `None` if its file cannot be read or names no module.
    pub(super) fn read(repository: &Repository, path: &Path, outputs: &Outputs) -> Option<Draft> {
        let directory = path.parent()?;
        let reader = Reader::new(repository, directory);
        let scope = Scope { names: outputs.names(), ..Scope::new(&reader) };
        let file = File::read(&scope, path)?;
        let module = unit::module(repository.directories, directory, &file)?;
        let is_elsewhere = module != Module::Local(directory.to_owned());
        let entries = if is_elsewhere { repository.sources.list(directory) } else { Vec::new() };
        // Terragrunt copies the files of the unit to the module.
        let automatic = entries.iter().filter(|path| is_automatic(path));
        let automatic = automatic.filter_map(|path| file::variables(&scope, &path.to_string_lossy()));
        let copied = automatic.flatten().collect::<Vec<_>>();
        let copied = (!copied.is_empty()).then(|| Node::object(copied, file.at));
        let passed = match (copied, file.passed.clone()) {
            (Some(copied), Some(passed)) => Some(merge::merged(merge::Strategy::Shallow, &copied, &passed)),
            (copied, passed) => passed.or(copied),
        };
        let has_code = unit::has_code(&entries);
        Some(Draft { path: directory.to_owned(), module, file, passed, files: reader.files(), has_code })
    }

    pub(super) fn into_unit(self) -> Unit {
        let id = UnitId::new(self.file.at.file);
        let (inputs, external) = dependency::known_outside(&unit::inputs(&self.file), id);
        Unit {
            file: self.file.at.file,
            path: self.path,
            name: SmolStr::default(),
            module: self.module,
            inputs,
            passed: self.passed.map(|passed| dependency::known_outside(&passed, id).0),
            files: self.files,
            is_complete: !self.has_code && !self.file.generates,
            external,
        }
    }
}
