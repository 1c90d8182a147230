//! Git submodules. A clone without `--recurse-submodules` lacks their files, which exist all the same.

use std::path::Path;

use crate::source::Sources;

/// Returns `true` if a path is in a submodule of the repository around it.
pub(super) fn contains(sources: &Sources, path: &Path) -> bool {
    path.ancestors().skip(1).any(|directory| {
        let listed = sources.load(&directory.join(".gitmodules"));
        listed.is_ok_and(|file| {
            paths(&sources.get(file).text).any(|name| path.starts_with(directory.join(name)))
        })
    })
}

/// The paths of the submodules in a `.gitmodules` file, relative to its directory.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let settings = text.lines().filter_map(|line| line.split_once('='));
    settings
        .filter(|(name, _)| name.trim() == "path")
        .map(|(_, value)| value.trim().trim_matches('"'))
        .filter(|path| !["", "."].contains(path))
}
