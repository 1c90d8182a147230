//! Finds which of many sets of patterns match a file, without comparing the file with each of them.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::config::paths::{Matched, Paths};

/// Sets of patterns, by what they match. Sets with the same pattern are one group.
#[derive(Debug, Default)]
pub struct PathIndex {
    /// By the directory that the patterns are relative to.
    below: FxHashMap<PathBuf, Below>,
    /// The positions of the sets in each group, in order.
    groups: Vec<Vec<usize>>,
}

/// The groups of the patterns that are relative to one directory.
#[derive(Debug, Default)]
struct Below {
    paths: FxHashMap<PathBuf, usize>,
    directories: FxHashMap<OsString, usize>,
    names: FxHashMap<OsString, usize>,
    patterns: Vec<(Paths, usize)>,
}

impl PathIndex {
    /// Sorts sets of patterns, which have positions, by what they match.
    pub fn new<'p>(sets: impl Iterator<Item = (usize, &'p Paths)>) -> PathIndex {
        let mut index = PathIndex::default();
        for (position, paths) in sets {
            let PathIndex { below, groups } = &mut index;
            let below = below.entry(paths.directory.clone()).or_default();
            let next = groups.len();
            let group = match &paths.matched {
                Matched::Path(path) => *below.paths.entry(path.clone()).or_insert(next),
                Matched::Directory(name) => *below.directories.entry(name.clone().into()).or_insert(next),
                Matched::Name(name) => *below.names.entry(name.clone().into()).or_insert(next),
                Matched::Patterns(_) => {
                    below.patterns.push((paths.clone(), next));
                    next
                }
            };
            if group == next {
                groups.push(Vec::new());
            }
            groups[group].push(position);
        }
        index
    }

    /// The groups that match a file, in no order; each can occur several times.
    pub fn matching(&self, path: &Path) -> Vec<usize> {
        if self.groups.is_empty() {
            return Vec::new();
        }
        let above =
            path.ancestors().skip(1).filter_map(|directory| Some((directory, self.below.get(directory)?)));
        above.flat_map(|(directory, below)| below.matching(path, directory)).collect()
    }

    /// The positions of the sets in a group, in order.
    pub fn sets(&self, group: usize) -> &[usize] {
        &self.groups[group]
    }

    /// The positions of the sets that match a file.
    pub fn positions(&self, path: &Path) -> BTreeSet<usize> {
        self.matching(path).into_iter().flat_map(|group| self.sets(group)).copied().collect()
    }

    /// The number of groups.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }
}

impl Below {
    fn matching(&self, path: &Path, directory: &Path) -> Vec<usize> {
        let below = path.strip_prefix(directory).unwrap_or(path);
        let paths = below.ancestors().filter_map(|path| self.paths.get(path));
        let names = below.iter().filter_map(|name| self.names.get(name));
        let directories = below.iter().rev().skip(1).filter_map(|name| self.directories.get(name));
        let patterns = self.patterns.iter().filter(|(patterns, _)| patterns.contain(path));
        paths.chain(names).chain(directories).chain(patterns.map(|(_, group)| group)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_in_the_groups_of_the_patterns_that_match_it() {
        let patterns = ["a", "a/", "/a", "a/b", "b", "c.json", "a/b/c.json", "*.json", "a", "b/**"];
        let files = ["a", "a/b", "a/b/c.json", "b/a", "b/a/b", "b/a/b/c.json", "c.json", "ab/c.json", "../a"];
        for directory in ["/r", "/r/a"] {
            let sets = patterns.map(|pattern| Paths::new(Path::new(directory), [pattern].into_iter()).0);
            let index = PathIndex::new(sets.iter().enumerate());
            for file in files {
                let path = Path::new("/r").join(file);
                let theirs = (0..sets.len()).filter(|at| sets[*at].contain(&path)).collect();
                assert_eq!(index.positions(&path), theirs, "{directory} {file}");
            }
        }
    }
}
