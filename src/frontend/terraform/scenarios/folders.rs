//! The var files next to a root module and in the usual folders.

use std::path::{Path, PathBuf};

use crate::frontend::terraform::scenarios::VarFiles;
use crate::frontend::terraform::scenarios::var_file::{VarFile, is_named, joined, name_of, stem};
use crate::source::Sources;
use crate::terraform::{is_automatic, is_terraform, sets_variables, without_replaced};

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

/// What the place of a directory says about its var files.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Each file is that of an environment.
    Shared,
    /// The directory is that of an environment.
    Environment,
    /// Either.
    Other,
}

/// A directory with var files.
pub(super) struct Folder {
    path: PathBuf,
    /// Its var files.
    pub files: Vec<PathBuf>,
    /// Whether the directory is named after an environment, so that its files belong together.
    is_environment: bool,
}

/// The directories that can have var files of a root module.
pub(super) fn folders(sources: &Sources, root: &Path) -> Vec<Folder> {
    let mut folders = Vec::new();
    let mut add = |path: &Path, place: Place| {
        let entries = without_replaced(&sources.list(path));
        // Var files next to another root module belong to it.
        if path != root && entries.iter().any(|path| is_terraform(path)) {
            return Vec::new();
        }
        let files: Vec<PathBuf> =
            entries.iter().filter(|path| sets_variables(path) && !is_automatic(path)).cloned().collect();
        let automatic = entries.iter().filter(|path| place != Place::Shared && is_automatic(path)).cloned();
        let files: Vec<PathBuf> = files.into_iter().chain(automatic).collect();
        if !files.is_empty() {
            // Without a file that Terraform reads by itself, several files are those of several environments.
            let belong_together = || files.len() == 1 || files.iter().any(|file| is_automatic(file));
            let is_environment = place == Place::Environment || (place == Place::Other && belong_together());
            folders.push(Folder { path: path.to_owned(), files, is_environment });
        }
        entries
    };
    let own = add(root, Place::Shared);
    let next = root.parent().map(|parent| sources.list(parent)).unwrap_or_default();
    let usual =
        own.iter().chain(next.iter()).filter(|path| is_named(path, FOLDERS) && !root.starts_with(path));
    for folder in usual {
        let inner = add(folder, Place::Shared);
        let inner = inner.iter().filter(|path| path.extension().is_none());
        inner.for_each(|environment| drop(add(environment, Place::Environment)));
    }
    // Any other directory in the root module can be that of an environment: `prod/terraform.tfvars`.
    let others = own.iter().filter(|path| path.extension().is_none() && !is_named(path, FOLDERS));
    others.for_each(|other| drop(add(other, Place::Other)));
    folders
}

/// The scenarios of a directory: one for each file, together with those that all share, or one for all files of an environment.
pub(super) fn scenarios(folder: &Folder, files: &[VarFile]) -> Vec<VarFiles> {
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
