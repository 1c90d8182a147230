//! The sets of values that a repository holds for a root module: the `.tfvars` files that Terraform does not load by itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::frontend::terraform::commands::{ANY, Call, Script};
use crate::source::{FileId, Sources, VariableInput};
use crate::syntax::hcl::{Attribute, Block};
use crate::terraform::{Directory, is_automatic, is_terraform, sets_variables, variable_attributes};

/// The folders in which var files usually are, next to a root module or in it.
const FOLDERS: &[&str] = &[
    "config",
    "configs",
    "env",
    "environment",
    "environments",
    "envs",
    "inventories",
    "tfvars",
    "vars",
    "variables",
    "workspaces",
];

/// Names of files that hold what all environments share. Each environment has its own file, too.
const SHARED: &[&str] = &["all", "base", "common", "default", "defaults", "global", "shared"];

/// Names that say nothing about the environment, unlike the directory of the file.
const NAMELESS: &[&str] = &["inputs", "main", "terraform", "values", "variables", "vars"];

/// Words in the names of files that nobody applies.
const EXAMPLES: &[&str] = &["example", "sample", "template"];

/// The largest number of scenarios of a root module.
const MAX_SCENARIOS: usize = 24;

/// A set of values for a root module.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VarFiles {
    /// The name of the scenario: `prod`.
    pub name: SmolStr,
    /// The files, in the order in which Terraform would read them.
    pub files: Vec<FileId>,
    /// Their values.
    pub values: Vec<Attribute>,
}

/// The scenarios of a root module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scenarios {
    /// The sets of values, sorted by name.
    pub sets: Vec<VarFiles>,
    /// Whether the values that Terraform reads by itself are a scenario, too: they are complete, no second var file suggests
    /// that each environment has its own, and no script passes one.
    pub has_own_values: bool,
}

/// The scenarios of a root module, from the var files that belong to it and from the scripts that call Terraform in it.
pub(super) fn of_root(sources: &Sources, root: &Directory, scripts: &[Script]) -> Scenarios {
    let declared: FxHashSet<&str> =
        variables(root).filter_map(|block| Some(block.labels.first()?.as_str())).collect();
    if declared.is_empty() {
        return Scenarios { sets: Vec::new(), has_own_values: true };
    }
    let reader = Reader { sources, declared, root: &root.path };
    let mut sets = reader.passed_by(scripts);
    let is_given = !sets.is_empty();
    for folder in folders(sources, &root.path) {
        let files: Vec<VarFile> = folder.files.iter().filter_map(|path| reader.read(path)).collect();
        let is_new =
            |set: &VarFiles| sets.iter().all(|known: &VarFiles| known.files.last() != set.files.last());
        let new: Vec<VarFiles> = scenarios(&folder, &files).into_iter().filter(is_new).collect();
        sets.extend(new);
    }
    let has_own_values = sets.is_empty() || (!is_given && sets.len() < 2 && is_complete(root));
    if sets.is_empty() {
        sets = reader.of_environment(scripts);
    }
    sets.sort_by(|one, other| one.name.cmp(&other.name));
    name_apart(&mut sets, sources, &root.path);
    sets.truncate(MAX_SCENARIOS);
    Scenarios { has_own_values: has_own_values && sets.iter().all(|set| !set.files.is_empty()), sets }
}

/// Reads the var files of a root module.
struct Reader<'r> {
    sources: &'r Sources,
    declared: FxHashSet<&'r str>,
    root: &'r Path,
}

impl Reader<'_> {
    /// A var file; `None` if it sets a variable that the root module does not declare, because then it belongs to another one.
    fn read(&self, path: &Path) -> Option<VarFile> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_example = EXAMPLES.iter().any(|word| name.contains(word));
        if is_example || !sets_variables(path) {
            return None;
        }
        let file = self.sources.load(path).ok()?;
        let values = variable_attributes(&VariableInput::File(file), self.sources);
        let is_ours = !values.is_empty() && values.iter().all(|value| self.declares(value));
        is_ours.then(|| VarFile { path: path.to_owned(), file, values })
    }

    fn declares(&self, value: &Attribute) -> bool {
        self.declared.contains(value.name.as_str())
    }

    /// The sets of var files that scripts pass, with the variables that they set.
    fn passed_by(&self, scripts: &[Script]) -> Vec<VarFiles> {
        let mut sets: Vec<VarFiles> = Vec::new();
        for (script, call) in
            scripts.iter().flat_map(|script| script.calls.iter().map(move |call| (script, call)))
        {
            let ours = |values: &[Attribute]| -> Vec<Attribute> {
                values.iter().filter(|value| self.declares(value)).cloned().collect()
            };
            for mut set in self.of_call(call) {
                set.values.splice(0..0, ours(&script.variables));
                set.values.extend(ours(&call.variables));
                if sets.iter().all(|known| known.files != set.files) {
                    sets.push(set);
                }
            }
        }
        sets
    }

    /// The sets of var files that a call can pass: one for each text that a computed part of their paths can be.
    fn of_call(&self, call: &Call) -> Vec<VarFiles> {
        let computed = call.var_files.iter().find(|path| path.contains(ANY));
        let parts = match computed {
            Some(pattern) => self.computed_parts(pattern),
            None => vec![String::new()],
        };
        let set = |part: &String| {
            let path = |pattern: &String| self.sources.absolute(&self.root.join(pattern.replace(ANY, part)));
            let files: Option<Vec<VarFile>> =
                call.var_files.iter().map(|pattern| self.read(&path(pattern))).collect();
            let files: Vec<VarFile> = files?;
            let files: Vec<&VarFile> = files.iter().collect();
            let name = if part.is_empty() { name_of(&files.last()?.path) } else { SmolStr::from(part) };
            Some(joined(name, &files))
        };
        parts.iter().filter_map(set).collect()
    }

    /// The texts with which a path with a computed part is that of a file.
    fn computed_parts(&self, pattern: &str) -> Vec<String> {
        let Some((start, end)) = pattern.split_once(ANY) else { return Vec::new() };
        let (folder, prefix) = start.rsplit_once('/').unwrap_or((".", start));
        let suffix = end.split_once('/').map_or(end, |(suffix, _)| suffix);
        let entries = self.sources.list(&self.root.join(folder));
        let part = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            let part = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
            (!part.is_empty()).then(|| part.to_owned())
        };
        entries.iter().filter_map(part).collect()
    }

    /// The sets of variables in the environment of scripts that pass no var file.
    fn of_environment(&self, scripts: &[Script]) -> Vec<VarFiles> {
        let mut sets: Vec<VarFiles> = Vec::new();
        for script in scripts {
            let calls = script.calls.iter().filter(|call| call.var_files.is_empty());
            let values = script.variables.iter().chain(calls.flat_map(|call| &call.variables));
            let values: Vec<Attribute> = values.filter(|value| self.declares(value)).cloned().collect();
            let Some(first) = values.first() else { continue };
            let name = name_of(&self.sources.get(first.value.at.file).path);
            let name = SmolStr::from(name.split('.').next().unwrap_or_default());
            sets.push(VarFiles { name, files: Vec::new(), values });
        }
        sets
    }
}

/// Whether every variable has a value that Terraform reads by itself.
fn is_complete(root: &Directory) -> bool {
    let set: FxHashSet<&str> = root
        .variables
        .iter()
        .flat_map(|(_, body)| &body.attributes)
        .map(|value| value.name.as_str())
        .collect();
    let is_set = |block: &Block| {
        block.body.attribute("default").is_some()
            || block.labels.iter().any(|name| set.contains(name.as_str()))
    };
    variables(root).all(is_set)
}

fn variables(root: &Directory) -> impl Iterator<Item = &Block> {
    root.blocks().filter(|block| block.kind == "variable")
}

/// A directory with var files.
struct Folder {
    path: PathBuf,
    files: Vec<PathBuf>,
    /// Whether the directory is named after an environment, so that its files belong together.
    is_environment: bool,
}

/// The directories that can have var files of a root module.
fn folders(sources: &Sources, root: &Path) -> Vec<Folder> {
    let mut folders = Vec::new();
    let mut add = |path: &Path, is_environment| {
        let entries = sources.list(path);
        // Var files next to another root module belong to it.
        if path != root && entries.iter().any(|path| is_terraform(path)) {
            return Vec::new();
        }
        let files: Vec<PathBuf> =
            entries.iter().filter(|path| sets_variables(path) && !is_automatic(path)).cloned().collect();
        let automatic = entries.iter().filter(|path| is_environment && is_automatic(path)).cloned();
        let files: Vec<PathBuf> = files.into_iter().chain(automatic).collect();
        if !files.is_empty() {
            folders.push(Folder { path: path.to_owned(), files, is_environment });
        }
        entries
    };
    let own = add(root, false);
    let next = root.parent().map(|parent| sources.list(parent)).unwrap_or_default();
    let usual = own.iter().chain(&next).filter(|path| is_named(path, FOLDERS) && !root.starts_with(path));
    for folder in usual {
        let inner = add(folder, false);
        let inner = inner.iter().filter(|path| path.extension().is_none());
        inner.for_each(|environment| drop(add(environment, true)));
    }
    folders
}

fn is_named(path: &Path, names: &[&str]) -> bool {
    path.file_stem().and_then(|name| name.to_str()).is_some_and(|name| names.contains(&name))
}

/// One var file.
struct VarFile {
    path: PathBuf,
    file: FileId,
    values: Vec<Attribute>,
}

/// The scenarios of a directory: one for each file, together with those that all share, or one for all files of an environment.
fn scenarios(folder: &Folder, files: &[VarFile]) -> Vec<VarFiles> {
    let (shared, own): (Vec<&VarFile>, Vec<&VarFile>) =
        files.iter().partition(|file| is_named(&stem(&file.path), SHARED));
    if folder.is_environment {
        let all: Vec<&VarFile> = shared.into_iter().chain(own).collect();
        return if all.is_empty() { Vec::new() } else { vec![joined(name_of(&folder.path), &all)] };
    }
    if own.is_empty() {
        return shared.iter().map(|file| joined(name_of(&file.path), &[file])).collect();
    }
    let with_shared = |file: &&VarFile| {
        let all: Vec<&VarFile> = shared.iter().copied().chain([*file]).collect();
        joined(name_of(&file.path), &all)
    };
    own.iter().map(with_shared).collect()
}

fn joined(name: SmolStr, files: &[&VarFile]) -> VarFiles {
    VarFiles {
        name,
        files: files.iter().map(|file| file.file).collect(),
        values: files.iter().flat_map(|file| file.values.iter().cloned()).collect(),
    }
}

/// The file name without `.tfvars` or `.tfvars.json`, as a path.
fn stem(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.strip_suffix(".json").unwrap_or(name);
    name.strip_suffix(".tfvars").unwrap_or(name).into()
}

/// The name of a scenario: that of its file, or of its directory if the file's name says nothing.
fn name_of(path: &Path) -> SmolStr {
    let stem = stem(path);
    let meant = if is_named(&stem, NAMELESS) { path.parent().map(stem_of).unwrap_or(stem) } else { stem };
    meant.to_string_lossy().into()
}

fn stem_of(path: &Path) -> PathBuf {
    path.file_name().map(PathBuf::from).unwrap_or_default()
}

/// Gives scenarios of different directories with the same name the path of their first file.
fn name_apart(found: &mut [VarFiles], sources: &Sources, root: &Path) {
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<SmolStr> =
        found.iter().filter(|one| !seen.insert(one.name.clone())).map(|one| one.name.clone()).collect();
    for one in found.iter_mut().filter(|one| twice.contains(&one.name)) {
        let path = one.files.last().map(|file| sources.get(*file).path.clone()).unwrap_or_default();
        let base = root.parent().unwrap_or(root);
        one.name = path.strip_prefix(base).unwrap_or(&path).with_extension("").to_string_lossy().into();
    }
}
