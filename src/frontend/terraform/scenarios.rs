//! The sets of values that a repository holds for a root module: the `.tfvars` files that Terraform does not load by itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::source::{FileId, Sources, VariableInput};
use crate::syntax::hcl::{Attribute, Block};
use crate::terraform::{Directory, is_automatic, is_terraform, sets_variables, variable_attributes};

/// The folders in which var files usually are, next to a root module or in it.
const FOLDERS: &[&str] =
    &["config", "configs", "env", "environment", "environments", "envs", "tfvars", "vars", "variables"];

/// Names of files that hold what all environments share. Each environment has its own file, too.
const SHARED: &[&str] = &["all", "base", "common", "default", "defaults", "global", "shared"];

/// Names that say nothing about the environment, unlike the directory of the file.
const NAMELESS: &[&str] = &["inputs", "main", "terraform", "values", "variables", "vars"];

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

/// The var files of a root module that belong to it: it declares every variable that they set. Sorted by name.
pub(super) fn of_root(sources: &Sources, root: &Directory) -> Vec<VarFiles> {
    let declared: FxHashSet<&str> =
        variables(root).filter_map(|block| Some(block.labels.first()?.as_str())).collect();
    if declared.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for folder in folders(sources, &root.path) {
        let read = |path: &PathBuf| {
            let file = sources.load(path).ok()?;
            let values = variable_attributes(&VariableInput::File(file), sources);
            let is_ours =
                !values.is_empty() && values.iter().all(|value| declared.contains(value.name.as_str()));
            is_ours.then(|| VarFile { path: path.clone(), file, values })
        };
        let files: Vec<VarFile> = folder.files.iter().filter_map(read).collect();
        found.extend(scenarios(&folder, &files));
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    name_apart(&mut found, sources, &root.path);
    found.truncate(MAX_SCENARIOS);
    found
}

/// Returns `true` if the root module can be applied with its defaults alone, and no second var file suggests that each
/// environment has its own.
pub(super) fn has_own_values(root: &Directory, scenarios: &[VarFiles]) -> bool {
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
    scenarios.len() < 2 && variables(root).all(is_set)
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
