//! The workflows, makefiles, and shell scripts of a repository that call Terraform.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::frontend::terraform::commands::{self, ANY, Script};
use crate::source::Sources;

/// Directories with scripts, below any directory.
const FOLDERS: &[&str] = &["bin", "ci", "script", "scripts"];

/// Directories and files with workflows, below the root of a repository.
const HIDDEN: &[&str] = &[".buildkite", ".circleci", ".github/workflows", ".gitlab", ".gitlab/ci"];
const HIDDEN_FILES: &[&str] = &[".gitlab-ci.yml", ".travis.yml"];

/// Names of files with scripts.
const NAMES: &[&str] = &[
    "GNUmakefile",
    "Jenkinsfile",
    "Justfile",
    "Makefile",
    "Taskfile.yaml",
    "Taskfile.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "buildspec.yaml",
    "buildspec.yml",
    "justfile",
    "makefile",
];

/// The number of directories from a root module upward in which scripts are looked for, besides the root of the repository.
const MAX_ABOVE: usize = 8;

/// The largest script that is read.
const MAX_BYTES: usize = 256 * 1024;

/// The scripts of a repository, read at their first use.
#[derive(Debug)]
pub(super) struct Scripts<'s> {
    sources: &'s Sources,
    known: BTreeMap<PathBuf, Vec<Script>>,
}

impl<'s> Scripts<'s> {
    /// Starts without any script.
    pub(super) fn new(sources: &'s Sources) -> Scripts<'s> {
        Scripts { sources, known: BTreeMap::new() }
    }

    /// The scripts in the directories above a root module that call Terraform there.
    pub(super) fn of_root(&mut self, root: &Path) -> Vec<Script> {
        let sources = self.sources;
        let depth = sources.within_root(root).components().count();
        let Some(repository) = root.ancestors().nth(depth) else { return Vec::new() };
        let near = root.ancestors().take(depth.min(MAX_ABOVE));
        let mut found = Vec::new();
        for directory in near.chain([repository]) {
            if !self.known.contains_key(directory) {
                let scripts = read(sources, directory, directory == repository);
                self.known.insert(directory.to_path_buf(), scripts);
            }
            let scripts = self.known.get(directory).into_iter().flatten();
            found.extend(scripts.filter(|script| runs_in(script, directory, root)).cloned());
        }
        found
    }
}

/// Whether a script of a directory calls Terraform in a root module: it mentions the root module as a working directory, or it
/// mentions none and is next to it.
fn runs_in(script: &Script, directory: &Path, root: &Path) -> bool {
    let inside = root.strip_prefix(directory).unwrap_or(root).to_string_lossy();
    let inside = inside.replace('\\', "/");
    let is_root = |mentioned: &String| {
        let mentioned = mentioned.trim_start_matches("./").trim_end_matches('/');
        matches(if mentioned == "." { "" } else { mentioned }, &inside)
    };
    if script.directories.is_empty() { root == directory } else { script.directories.iter().any(is_root) }
}

/// Whether a text matches a pattern in which [`ANY`] stands for at least one character.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once(ANY) {
        None => pattern == text,
        Some((start, rest)) => {
            let Some(after) = text.strip_prefix(start) else { return false };
            let ends = after.char_indices().map(|(at, letter)| at + letter.len_utf8());
            ends.into_iter().any(|end| matches(rest, &after[end..]))
        }
    }
}

/// The scripts of a directory.
fn read(sources: &Sources, directory: &Path, is_repository: bool) -> Vec<Script> {
    let entries = sources.list(directory);
    let is_script = |path: &PathBuf| is_shell(path) || name(path).is_some_and(|name| NAMES.contains(&name));
    let mut files: Vec<PathBuf> = entries.iter().filter(|path| is_script(path)).cloned().collect();
    let folders = entries.iter().filter(|path| name(path).is_some_and(|name| FOLDERS.contains(&name)));
    for folder in folders {
        let inner = sources.list(folder);
        files.extend(inner.into_iter().filter(|path| is_shell(path)));
    }
    if is_repository {
        let hidden = HIDDEN.iter().flat_map(|folder| sources.list(&directory.join(folder)));
        files.extend(hidden.filter(|path| is_yaml(path) || is_shell(path)));
        files.extend(HIDDEN_FILES.iter().map(|file| directory.join(file)));
    }
    let script = |path: &PathBuf| {
        let file = sources.load(path).ok()?;
        let text = &sources.get(file).text;
        (text.len() <= MAX_BYTES).then(|| commands::script(file, text))?
    };
    files.iter().filter_map(script).collect()
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn is_shell(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "sh" || extension == "mk")
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computed_parts_match_any_text() {
        assert!(matches("env/*.tfvars", "env/prod.tfvars") && matches("a/*/b/*", "a/x/b/y"));
        assert!(!matches("env/*.tfvars", "env/.tfvars") && !matches("env/prod", "env/prod2"));
    }
}
