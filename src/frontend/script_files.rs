//! The workflows, makefiles, and shell scripts of a repository, which run deployments.

use std::path::{Path, PathBuf};

use crate::source::{FileId, Sources};

/// Directories with scripts, below any directory.
const FOLDERS: &[&str] = &["bin", "ci", "script", "scripts"];

/// Directories and files with workflows, below the root of a repository.
const HIDDEN: &[&str] = &[".buildkite", ".circleci", ".github/workflows", ".gitlab", ".gitlab/ci"];
const ACTIONS: &str = ".github/actions";
const HIDDEN_FILES: &[&str] = &[".gitlab-ci.yml", ".travis.yml"];

/// Names of files with scripts.
const NAMES: &[&str] = &[
    "GNUmakefile",
    "Jenkinsfile",
    "Justfile",
    "Makefile",
    "Taskfile.dist.yaml",
    "Taskfile.dist.yml",
    "Taskfile.yaml",
    "Taskfile.yml",
    "atlantis.yaml",
    "atlantis.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "buildspec.yaml",
    "buildspec.yml",
    "justfile",
    "makefile",
    "package.json",
    "taskfile.yaml",
    "taskfile.yml",
];

/// Extensions of scripts.
const SHELLS: &[&str] = &["bash", "bat", "cmd", "just", "mk", "ps1", "sh", "zsh"];

/// The number of directories from a path upward in which scripts are looked for, besides the root of the repository.
const MAX_ABOVE: usize = 8;

/// The largest script that is read.
const MAX_BYTES: usize = 256 * 1024;

/// The directories from a path upward that can have scripts for it, with the root of the repository last.
pub(super) fn directories_above<'p>(sources: &Sources, path: &'p Path) -> Vec<&'p Path> {
    let depth = sources.within_root(path).components().count();
    let Some(repository) = path.ancestors().nth(depth) else { return Vec::new() };
    path.ancestors().take(depth.min(MAX_ABOVE)).chain([repository]).collect()
}

/// The scripts of a directory that [`directories_above`] returns for a path.
pub(super) fn in_directory(sources: &Sources, directory: &Path) -> Vec<FileId> {
    let is_repository = sources.within_root(directory).components().next().is_none();
    let entries = sources.list(directory);
    let is_script = |path: &PathBuf| is_shell(path) || name(path).is_some_and(|name| NAMES.contains(&name));
    let mut files: Vec<PathBuf> = entries.iter().filter(|path| is_script(path)).cloned().collect();
    let folders = entries.iter().filter(|path| name(path).is_some_and(|name| FOLDERS.contains(&name)));
    for folder in folders {
        let is_script = |path: &&PathBuf| is_shell(path) || path.extension().is_none();
        files.extend(sources.list(folder).iter().filter(is_script).cloned());
    }
    if is_repository {
        for folder in HIDDEN.iter().map(|folder| sources.list(&directory.join(folder))) {
            files.extend(folder.iter().filter(|path| is_yaml(path) || is_shell(path)).cloned());
        }
        let actions = sources.list(&directory.join(ACTIONS));
        files.extend(
            actions.iter().flat_map(|action| ["action.yml", "action.yaml"].map(|name| action.join(name))),
        );
        files.extend(HIDDEN_FILES.iter().map(|file| directory.join(file)));
    }
    let is_read = |path: &Path, text: &str| {
        let is_program = path.extension().is_none() && path.parent() != Some(directory);
        text.len() <= MAX_BYTES && (!is_program || text.starts_with("#!"))
    };
    let loaded = files.iter().filter_map(|path| Some((path, sources.load(path).ok()?)));
    loaded.filter(|(path, file)| is_read(path, &sources.get(*file).text)).map(|(_, file)| file).collect()
}

/// Whether the name of a file says that it is a script, or a file in YAML, which may be a workflow.
pub fn is_script(path: &Path) -> bool {
    is_shell(path) || is_yaml(path) || name(path).is_some_and(|name| NAMES.contains(&name))
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn is_shell(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| SHELLS.contains(&extension))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml")
}
