//! Reads all units of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::address::UnitId;
use crate::parallel;
use crate::source::{FileId, Sources};
use crate::syntax::SyntaxError;
use crate::terraform::{Directories, Provider, is_automatic};
use crate::terragrunt::dependency::{self, Outputs};
use crate::terragrunt::file::{self, File};
use crate::terragrunt::reader::{Reader, Repository};
use crate::terragrunt::scope::Scope;
use crate::terragrunt::stack::{self, Place};
use crate::terragrunt::unit::{self, Module, Unit};
use crate::terragrunt::{STACK, UNIT, UNITS, merge, naming};
use crate::value::Node;

/// The units of a run.
#[derive(Debug, Default)]
pub struct Units {
    /// The units, sorted by path, without those that Terragrunt leaves out.
    pub all: Vec<Unit>,
    /// The limits that were reached.
    pub limits: Vec<SyntaxError>,
}

/// The units among some files, with the values of their inputs.
pub fn units(
    sources: &Sources,
    directories: &Directories,
    provider: &dyn Provider,
    files: &[FileId],
) -> Units {
    let named = |wanted: &'static str| -> BTreeSet<&Path> {
        let paths = files.iter().map(|file| sources.get(*file).path.as_path());
        paths.filter(|path| path.file_name().is_some_and(|name| name == wanted)).collect()
    };
    let [first, second] = UNITS.map(named);
    let is_replaced = |path: &&Path| first.contains(path.with_file_name(UNIT).as_path());
    let second: Vec<&Path> = second.into_iter().filter(|path| !is_replaced(path)).collect();
    let paths: BTreeSet<&Path> = first.into_iter().chain(second).collect();
    let stacks = named(STACK);
    if paths.is_empty() && stacks.is_empty() {
        return Units::default();
    }
    let repository = Repository::new(sources, directories, provider);
    let generated = stack::units(&repository, stacks);
    let places: Vec<Place> = paths.into_iter().filter_map(Place::of_file).chain(generated).collect();
    let read = parallel::map(&places, |place| Draft::read(&repository, place, &Outputs::default()));
    // A file that others include, and one from which stacks generate units, is not a unit.
    let included = read.iter().flatten().flat_map(|draft| &draft.file.included);
    let templates = places.iter().filter(|place| place.is_generated).map(|place| &place.file);
    let shared: BTreeSet<PathBuf> = included.chain(templates).cloned().collect();
    let is_own = |draft: &Draft| draft.place.is_generated || !shared.contains(&draft.place.file);
    let drafts: Vec<Draft> = read.into_iter().flatten().filter(is_own).collect();
    let names = names(sources, &drafts);
    let with_outputs = dependency::in_order(&repository, drafts);
    let units = with_outputs.into_iter().zip(names).map(|(draft, name)| Unit { name, ..draft.into_unit() });
    let all = units.filter(|unit| !unit.is_skipped).collect();
    Units { all, limits: repository.into_limits() }
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
        let shown = |index: &usize| -> PathBuf {
            let path = sources.within_root(&drafts[*index].place.directory);
            path.iter().filter(|part| *part != stack::GENERATED).collect()
        };
        let paths: Vec<PathBuf> = indexes.iter().map(shown).collect();
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        for (index, name) in indexes.iter().zip(naming::names(&paths)) {
            names[*index] = name;
        }
    }
    names
}

/// A unit that is being read.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub id: UnitId,
    pub place: Place,
    pub module: Module,
    pub file: File,
    /// The variables in var files.
    passed: Option<Node>,
    files: Vec<FileId>,
    has_code: bool,
}

impl Draft {
    /// Reads a unit, with known outputs of its dependencies; `None` if its file cannot be read or names no module.
    pub(super) fn read(repository: &Repository, place: &Place, outputs: &Outputs) -> Option<Draft> {
        let directory = place.directory.as_path();
        let reader = Reader::new(repository, directory);
        let values = place.values.iter().map(|values| ("values", values.clone()));
        let scope =
            Scope { names: outputs.names().into_iter().chain(values).collect(), ..Scope::new(&reader) };
        let file = File::read(&scope, &place.file)?;
        let module = unit::module(repository.directories, directory, &file)?;
        let is_elsewhere = module != Module::Local(directory.to_owned());
        let own = place.file.parent().filter(|_| is_elsewhere);
        let entries = own.map(|own| repository.sources.list(own)).unwrap_or_default();
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
        let id = if place.is_generated {
            let path = directory.to_string_lossy();
            repository.sources.keep("a generated unit", &path)
        } else {
            file.at.file
        };
        let (id, place) = (UnitId::new(id), place.clone());
        Some(Draft { id, place, module, file, passed, files: reader.files(), has_code })
    }

    pub(super) fn into_unit(self) -> Unit {
        let id = self.id;
        let (inputs, external) = dependency::known_outside(&unit::inputs(&self.file), id);
        Unit {
            id,
            path: self.place.directory,
            copied: self.place.file.parent().map(Path::to_owned).unwrap_or_default(),
            name: SmolStr::default(),
            module: self.module,
            inputs,
            passed: self.passed.map(|passed| dependency::known_outside(&passed, id).0),
            files: self.files,
            is_skipped: self.file.is_skipped,
            is_complete: !self.has_code && !self.file.generates,
            external,
        }
    }
}
