//! The workflows, makefiles, and shell scripts of a repository that call Terraform.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::frontend::script_files;
use crate::frontend::terraform::commands::{self, ANY, Call, OWN, REPOSITORY, START, Script};
use crate::source::Sources;

/// The scripts of a repository, read at their first use.
#[derive(Debug)]
pub(super) struct Scripts<'s> {
    sources: &'s Sources,
    /// Those of each directory, with the directories of their files.
    known: BTreeMap<PathBuf, Vec<(PathBuf, Script)>>,
}

impl<'s> Scripts<'s> {
    /// Starts without any script.
    pub(super) fn new(sources: &'s Sources) -> Scripts<'s> {
        Scripts { sources, known: BTreeMap::new() }
    }

    /// The scripts in the directories above a root module that call Terraform there, with only these calls.
    pub(super) fn of_root(&mut self, root: &Path) -> Vec<Script> {
        let sources = self.sources;
        let mut found = Vec::new();
        for directory in script_files::directories_above(sources, root) {
            if !self.known.contains_key(directory) {
                let scripts = read(sources, directory);
                self.known.insert(directory.to_path_buf(), scripts);
            }
            for (own, script) in self.known.get(directory).into_iter().flatten() {
                let is_here = |call: &&Call| runs_in(sources, own, call, directory, root);
                let calls: Vec<Call> = script.calls.iter().filter(is_here).cloned().collect();
                if script.is_cut || !calls.is_empty() {
                    found.push(Script { file: script.file, calls, is_cut: script.is_cut });
                }
            }
        }
        found
    }
}

/// Whether a call in a script of a directory runs in a root module.
fn runs_in(sources: &Sources, own: &Path, call: &Call, directory: &Path, root: &Path) -> bool {
    let is_at = |base: &Path, path: &str| {
        let path = sources.absolute(&base.join(path));
        matches(&path.to_string_lossy(), &root.to_string_lossy())
    };
    let within = |base: &Path, path: &str| {
        root.strip_prefix(base).is_ok_and(|inside| {
            let inside = inside.to_string_lossy().replace('\\', "/");
            let without = path.strip_prefix(ANY).and_then(|rest| rest.strip_prefix('/'));
            matches(path, &inside) || without.is_some_and(|path| matches(path, &inside))
        })
    };
    let path = call.directory.as_str();
    if let Some(path) = path.strip_prefix(START) {
        // A script in a folder of scripts is written for its own directory if it starts with the one above.
        return if path.starts_with("..") { is_at(own, path) } else { within(directory, path) };
    }
    if let Some(path) = path.strip_prefix(OWN) {
        return is_at(own, path);
    }
    if let Some(path) = path.strip_prefix(REPOSITORY) {
        return sources.root_of(root).is_some_and(|repository| within(repository, path));
    }
    within(directory, path)
}

/// Whether a text matches a pattern in which [`ANY`] stands for at least one character.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split(ANY);
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        // The first match leaves most for the other parts.
        let least = rest.chars().next().map_or(0, char::len_utf8);
        let Some(at) = rest[least..].find(part).filter(|_| least > 0) else { return false };
        rest = &rest[least + at + part.len()..];
    }
    rest.strip_suffix(last).is_some_and(|any| !any.is_empty())
}

/// The scripts of a directory. The playground has none, and is smaller without their parsers.
fn read(sources: &Sources, directory: &Path) -> Vec<(PathBuf, Script)> {
    if cfg!(target_family = "wasm") {
        return Vec::new();
    }
    let files = script_files::in_directory(sources, directory);
    let other = |path: &str| {
        let file = sources.load(&directory.join(path)).ok()?;
        Some((file, Arc::clone(&sources.get(file).text)))
    };
    let script = |file| {
        let source = sources.get(file);
        Some((source.path.parent()?.to_owned(), commands::script(file, &source.path, &source.text, &other)?))
    };
    files.into_iter().filter_map(script).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computed_parts_match_any_text() {
        assert!(matches("env/*.tfvars", "env/prod.tfvars") && matches("a/*/b/*", "a/x/b/y"));
        assert!(!matches("env/*.tfvars", "env/.tfvars") && !matches("env/prod", "env/prod2"));
        assert!(matches("**", "ab") && !matches("**", "a") && matches("a*a", "aaa") && !matches("a*a", "aa"));
        assert!(!matches(&("-*".repeat(40) + "!"), &"-".repeat(400)));
    }
}
