//! Path patterns with the syntax of `.gitignore`, relative to the directory of the settings file.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

mod index;

pub use index::PathIndex;

/// A set of patterns.
#[derive(Clone, Debug)]
pub struct Paths {
    written: Vec<String>,
    directory: PathBuf,
    matched: Matched,
}

/// How files are compared with patterns.
#[derive(Clone, Debug)]
enum Matched {
    /// The only pattern is a path without wildcards: this file, or the files below it. Settings can have thousands of these.
    Path(PathBuf),
    /// The only pattern is the name of a directory, such as `tests/`: the files below any directory with this name.
    Directory(PathBuf),
    /// The only pattern is the name of a file or a directory at any depth.
    Name(PathBuf),
    /// Any patterns.
    Patterns(Gitignore),
}

impl Paths {
    /// Parses the patterns. Also returns the index of each invalid pattern and the reason.
    pub fn new<'p>(
        directory: &Path,
        patterns: impl Iterator<Item = &'p str>,
    ) -> (Paths, Vec<(usize, String)>) {
        let mut patterns = patterns.peekable();
        let first = patterns.next();
        if let (Some(only), None) = (first, patterns.peek())
            && let Some(matched) = literal(only)
        {
            let (written, directory) = (vec![only.to_owned()], directory.to_owned());
            return (Paths { written, directory, matched }, Vec::new());
        }
        let patterns = first.into_iter().chain(patterns);
        let mut builder = GitignoreBuilder::new(directory);
        let (mut wrong, mut written) = (Vec::new(), Vec::new());
        for (index, pattern) in patterns.enumerate() {
            written.push(pattern.to_owned());
            // `.gitignore` syntax has no leading `./`, but it is often written for a path in this directory.
            let pattern = pattern.strip_prefix('.').filter(|rest| rest.starts_with('/')).unwrap_or(pattern);
            if let Err(error) = builder.add_line(None, pattern) {
                wrong.push((index, reason(&error)));
            }
        }
        let patterns = builder.build().unwrap_or_else(|_| Gitignore::empty());
        (Paths { written, directory: directory.to_owned(), matched: Matched::Patterns(patterns) }, wrong)
    }

    /// The patterns as they are written.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether a file has to be compared with wildcards, which takes time.
    pub fn has_wildcards(&self) -> bool {
        matches!(self.matched, Matched::Patterns(_))
    }

    /// Whether a file matches.
    pub fn contain(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.directory) else { return false };
        match &self.matched {
            Matched::Path(path) => below.starts_with(path),
            Matched::Directory(name) => below.iter().rev().skip(1).any(|part| part == name.as_os_str()),
            Matched::Name(name) => below.iter().any(|part| part == name.as_os_str()),
            Matched::Patterns(patterns) => patterns.matched_path_or_any_parents(below, false).is_ignore(),
        }
    }
}

/// How files are compared with a pattern without wildcards; `None` for other patterns.
fn literal(pattern: &str) -> Option<Matched> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    let whole = pattern.strip_suffix('/').unwrap_or(pattern);
    let path = whole.strip_prefix('/').unwrap_or(whole);
    let is_part = |part: &str| !part.is_empty() && part != "." && part != "..";
    if !pattern.chars().all(is_plain) || !path.split('/').all(is_part) {
        return None;
    }
    let (is_directory, is_name) = (whole != pattern, !whole.contains('/'));
    match (is_directory, is_name) {
        (true, true) => Some(Matched::Directory(path.into())),
        (false, true) => Some(Matched::Name(path.into())),
        (false, false) => Some(Matched::Path(path.into())),
        // A directory, and not a file with this path.
        (true, false) => None,
    }
}

/// The error of a pattern, without the pattern.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_without_wildcards_matches_what_gitignore_says() {
        let files = ["a", "a/b", "a/b/c.json", "b/a", "b/a/b", "b/a/b/c.json", "c.json", "ab/c.json"];
        for pattern in ["a", "a/", "/a", "a/b", "/a/b", "b/a/", "c.json", "a/b/c.json", "b"] {
            let (ours, _) = Paths::new(Path::new("/r"), [pattern].into_iter());
            let (theirs, _) = Paths::new(Path::new("/r"), [pattern, "no*thing"].into_iter());
            for file in files {
                let path = Path::new("/r").join(file);
                assert_eq!(ours.contain(&path), theirs.contain(&path), "{pattern} {file}");
            }
            assert!(!ours.contain(Path::new("/other/a")));
        }
    }
}
