//! Reads the root modules of a run. A root module is read again only if one of its inputs changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::UnitId;
use crate::frontend::ReadContext;
use crate::frontend::terraform::evaluated::{Aws, is_ecs};
use crate::frontend::terraform::root::{self, ReadRoot, Wanted};
use crate::frontend::terraform::scenarios::{self, Scenarios, Units};
use crate::frontend::terraform::scripts::Scripts;
use crate::parallel;
use crate::resource::{Content, Failure, Unit, UnreadCall};
use crate::source::{FileId, Requested, Sources, VariableInput};
use crate::syntax::hcl::Attribute;
use crate::terraform::{Directories, Directory, DirectoryCache, are_fresh, variable_attributes};
use crate::terragrunt;
use crate::value::More;
use crate::workspace::IndexedUnit;

/// The cached root modules and the directories that they call.
#[derive(Clone, Debug, Default)]
struct TerraformCache {
    directories: DirectoryCache,
    /// Variable values that come from outside the root modules.
    variables: Option<BTreeMap<PathBuf, Vec<Attribute>>>,
    scenarios: BTreeMap<PathBuf, Scenarios>,
    roots: FxHashMap<(PathBuf, Wanted), Arc<ReadRoot>>,
}

/// Reads all root modules of the inputs.
pub(super) fn read(context: &mut ReadContext) {
    let mut cache: TerraformCache = context.cache.take();
    let before = std::mem::take(&mut cache.directories);
    let inputs: Vec<FileId> = context.inputs.iter().map(|input| input.file).collect();
    let directories = Directories::new(context.sources, &before, &inputs);
    // The playground reads no files of Terragrunt, and is smaller without their evaluation.
    let terragrunt::Units { all, limits } = if cfg!(target_family = "wasm") {
        terragrunt::Units::default()
    } else {
        terragrunt::units(context.sources, &directories, &Aws, &inputs)
    };
    context.rest.syntax_errors.extend(limits);
    let applied = Units::new(all);
    let roots = root_modules(&directories, context.sources, &applied);
    let variables = roots.iter().map(|root| (root.path.clone(), variables(context, root)));
    let variables: BTreeMap<PathBuf, Vec<Attribute>> = variables.collect();
    // A variable value can reach any root module through another one.
    if cache.variables.as_ref() != Some(&variables) {
        cache.roots.clear();
        cache.variables = Some(variables.clone());
    }
    let mut scripts = Scripts::new(context.sources);
    let scenarios = roots.iter().map(|root| {
        let scenarios = scenarios(context, root, &applied, &mut scripts);
        let is_applied = applied.modules().any(|module| *module == root.path);
        let more_files = if is_applied { More::No } else { applied.more_files };
        (root.path.clone(), Scenarios { more_files, ..scenarios })
    });
    let mut scenarios: BTreeMap<PathBuf, Scenarios> = scenarios.collect();
    scenarios::share(&mut scenarios);
    cache.roots.retain(|(path, _), _| scenarios.get(path) == cache.scenarios.get(path));
    cache.scenarios = scenarios;
    directories.set_variables(variables);
    let units = units(&mut cache, context.sources, &directories, &roots);
    let unread = applied.unread.iter().map(|at| UnreadCall { at: *at, content: Content::Unknown });
    context.rest.unread_calls.extend(unread);
    report(&directories, context.sources, &units, &mut context.rest);
    cache.directories = directories.to_cache();
    context.cache.put(cache);
    context.units.extend(units);
}

/// The directories that no other directory calls, and those that Terragrunt applies.
fn root_modules<'d>(directories: &'d Directories, sources: &Sources, units: &Units) -> Vec<&'d Directory> {
    let all = directories.inputs();
    let called: FxHashSet<PathBuf> =
        all.iter().flat_map(|directory| directory.called()).map(|path| sources.absolute(&path)).collect();
    let starts: Vec<PathBuf> = all.iter().flat_map(|directory| directory.called_by_start()).collect();
    let starts: Vec<String> = starts.iter().map(|start| with_separator(sources, start)).collect();
    let is_called = |directory: &Directory| {
        let path = directory.path.to_string_lossy();
        called.contains(&directory.path) || starts.iter().any(|start| path.starts_with(start.as_str()))
    };
    let uncalled = all.into_iter().filter(|directory| !is_called(directory));
    let applied = units.modules().filter_map(|path| directories.get(path));
    let roots: BTreeMap<&Path, &Directory> =
        uncalled.chain(applied).map(|directory| (directory.path.as_path(), directory)).collect();
    roots.into_values().collect()
}

/// The text of an absolute path, with the separator at its end if the path has one.
fn with_separator(sources: &Sources, path: &Path) -> String {
    let absolute = sources.absolute(path).to_string_lossy().into_owned();
    let ends = path.to_string_lossy().ends_with(['/', '\\']);
    if ends { absolute + std::path::MAIN_SEPARATOR_STR } else { absolute }
}

/// Variable values from outside a root module: from the configuration file and, with precedence, from the command line.
fn variables(context: &mut ReadContext, root: &Directory) -> Vec<Attribute> {
    let sources = context.sources;
    let settings = (context.root_settings)(&root.path);
    // Those of scenarios come after the files that all scenarios share.
    let files = if settings.scenarios.is_empty() { settings.var_files } else { Vec::new() };
    let files = files.into_iter().map(VariableInput::File);
    let all = files.chain(sources.variables().iter().cloned());
    all.flat_map(|input| variable_attributes(&input, sources)).collect()
}

/// The scenarios of a root module: those in the settings, or those that its repository suggests. If the settings or the command
/// line select var files, their values are all.
fn scenarios(context: &mut ReadContext, root: &Directory, units: &Units, scripts: &mut Scripts) -> Scenarios {
    let is_file = |input: &VariableInput| matches!(input, VariableInput::File(_));
    let settings = (context.root_settings)(&root.path);
    if !settings.scenarios.is_empty() {
        return scenarios::of_settings(context.sources, &settings);
    }
    if !settings.var_files.is_empty() || context.sources.variables().iter().any(is_file) {
        return Scenarios { has_own_values: true, ..Scenarios::default() };
    }
    let of_units = units.scenarios(root);
    of_units.unwrap_or_else(|| scenarios::of_root(context.sources, root, &scripts.of_root(&root.path)))
}

/// The root modules with ECS resources, and those that their values come from.
fn units(
    cache: &mut TerraformCache,
    sources: &Sources,
    directories: &Directories,
    roots: &[&Directory],
) -> Vec<Arc<IndexedUnit>> {
    let mut units = Vec::new();
    let (mut read, mut external) = (BTreeSet::<&Path>::new(), BTreeSet::<UnitId>::new());
    for (directory, root) in roots.iter().zip(cache.roots(sources, directories, roots, Wanted::Ecs)) {
        if let Some(unit) = &root.unit {
            read.insert(&directory.path);
            external.extend(&root.external);
            units.push(Arc::clone(unit));
        }
    }
    let all: BTreeMap<&Path, &Directory> = directories
        .inputs()
        .into_iter()
        .chain(roots.iter().copied())
        .map(|root| (root.path.as_path(), root))
        .collect();
    // A root module that provides values to another one is included, with or without ECS resources.
    while !external.is_empty() {
        let named = std::mem::take(&mut external);
        let is_named = |root: &&Directory| cache.ids(root).any(|id| named.contains(&id));
        let new: Vec<&Directory> = all.values().copied().filter(is_named).collect();
        let new: Vec<&Directory> = new.into_iter().filter(|root| read.insert(&root.path)).collect();
        for root in cache.roots(sources, directories, &new, Wanted::All) {
            external.extend(&root.external);
            units.extend(root.unit.clone());
        }
    }
    units
}

impl TerraformCache {
    /// The identities of the resources of a root module.
    fn ids(&self, root: &Directory) -> impl Iterator<Item = UnitId> {
        let sets = self.scenarios.get(&root.path).into_iter().flat_map(|scenarios| &scenarios.sets);
        sets.filter_map(|set| set.unit).chain([root.unit()])
    }

    /// Reads directories as root modules, or takes them from the cache if they are unchanged.
    fn roots(
        &mut self,
        sources: &Sources,
        directories: &Directories,
        roots: &[&Directory],
        wanted: Wanted,
    ) -> Vec<Arc<ReadRoot>> {
        let is_fresh = |read: &&Arc<ReadRoot>| {
            are_fresh(&read.texts, sources)
                && read.backends.as_ref().is_none_or(|backends| backends == directories.backends())
        };
        let key = |root: &Directory| (root.path.clone(), wanted);
        let read = parallel::map(roots, |root| match self.roots.get(&key(root)).filter(is_fresh) {
            Some(read) => Arc::clone(read),
            None => {
                let scenarios = self.scenarios.get(&root.path).cloned().unwrap_or_default();
                Arc::new(root::read(sources, directories, root, wanted, &scenarios))
            }
        });
        self.roots.extend(roots.iter().zip(&read).map(|(root, read)| (key(root), Arc::clone(read))));
        read
    }
}

/// Records the errors in files, whichever root module they belong to.
fn report(directories: &Directories, sources: &Sources, units: &[Arc<IndexedUnit>], rest: &mut Unit) {
    let files: FxHashSet<FileId> = units.iter().flat_map(|unit| &unit.files).copied().collect();
    for directory in directories.inputs() {
        let failures = directory.panics.iter().map(|(file, panic)| Failure::of_file(*file, panic.clone()));
        rest.failures.extend(failures);
        if directory.bodies.iter().any(|(file, _)| files.contains(file)) {
            rest.syntax_errors.extend(directory.errors.iter().cloned());
        } else {
            report_unread(directory, sources, rest);
        }
    }
}

/// Records the errors in files without ECS resources, if they were named explicitly or mention ECS.
fn report_unread(directory: &Directory, sources: &Sources, rest: &mut Unit) {
    let files: BTreeSet<FileId> = directory.errors.iter().map(|error| error.span.file).collect();
    let concerns_ecs = |file: &FileId| {
        let mut words = sources.get(*file).text.split(['"', ' ', '\n']);
        sources.requested(*file) == Some(Requested::Explicit) || words.any(is_ecs)
    };
    let files: BTreeSet<FileId> = files.into_iter().filter(concerns_ecs).collect();
    let errors = directory.errors.iter().filter(|error| files.contains(&error.span.file));
    rest.syntax_errors.extend(errors.cloned());
    rest.files.extend(files);
}
