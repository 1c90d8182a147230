//! Path patterns with the syntax of `.gitignore`, relative to the directory of the settings file.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A set of patterns.
#[derive(Clone, Debug)]
pub struct Paths {
    written: Vec<String>,
    directory: PathBuf,
    /// The patterns without wildcards, if all are, because they are compared far faster.
    plain: Option<Vec<Plain>>,
    patterns: Gitignore,
}

/// A pattern without wildcards.
#[derive(Clone, Debug)]
struct Plain {
    parts: PathBuf,
    /// Whether it is relative to the directory of the settings; otherwise, it is a name at any depth.
    is_anchored: bool,
    /// Whether it is the name of a directory.
    is_directory: bool,
}

impl Plain {
    /// `None` if the pattern has wildcards, escapes, or anything else with a meaning of its own.
    fn of(pattern: &str) -> Option<Plain> {
        let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
        let path = pattern.strip_suffix('/').unwrap_or(pattern);
        let parts = path.strip_prefix('/').unwrap_or(path);
        let is_plain =
            pattern.bytes().all(is_usual) && parts.split('/').all(|part| !matches!(part, "" | "." | ".."));
        is_plain.then(|| Plain {
            parts: parts.into(),
            is_anchored: path.contains('/'),
            is_directory: path.len() < pattern.len(),
        })
    }

    /// Whether a file, or a directory around it, is the one that the pattern names.
    fn contains(&self, below: &Path) -> bool {
        let around = if self.is_directory { below.parent().unwrap_or(Path::new("")) } else { below };
        if self.is_anchored {
            around.starts_with(&self.parts)
        } else {
            around.iter().any(|part| part == self.parts.as_os_str())
        }
    }
}

impl Paths {
    /// Parses the patterns. Also returns the index of each invalid pattern and the reason.
    pub fn new<'p>(
        directory: &Path,
        patterns: impl Iterator<Item = &'p str>,
    ) -> (Paths, Vec<(usize, String)>) {
        let written: Vec<String> = patterns.map(str::to_owned).collect();
        // `.gitignore` syntax has no leading `./`, but it is often written for a path in this directory.
        let all = written
            .iter()
            .map(|pattern| pattern.strip_prefix('.').filter(|rest| rest.starts_with('/')).unwrap_or(pattern));
        let directory = directory.to_owned();
        if let Some(plain) = all.clone().map(Plain::of).collect() {
            let patterns = Gitignore::empty();
            return (Paths { written, directory, plain: Some(plain), patterns }, Vec::new());
        }
        let mut builder = GitignoreBuilder::new(&directory);
        let mut wrong = Vec::new();
        for (index, pattern) in all.enumerate() {
            if let Err(error) = builder.add_line(None, pattern) {
                wrong.push((index, reason(&error)));
            }
        }
        let patterns = builder.build().unwrap_or_else(|_| Gitignore::empty());
        (Paths { written, directory, plain: None, patterns }, wrong)
    }

    /// The patterns as they are written.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether a file matches.
    pub fn contain(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.directory) else { return false };
        match &self.plain {
            Some(plain) => plain.iter().any(|pattern| pattern.contains(below)),
            None => self.patterns.matched_path_or_any_parents(below, false).is_ignore(),
        }
    }

    /// The number of patterns with wildcards, which take far more time and memory than others.
    pub fn wildcards(&self) -> usize {
        if self.plain.is_some() { 0 } else { self.written.len() }
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

    /// What a pattern without wildcards contains, and what it contains as the pattern of a `.gitignore`.
    fn contains(pattern: &str, path: &str) -> (bool, bool) {
        let directory = Path::new("/repository");
        let (plain, _) = Paths::new(directory, [pattern].into_iter());
        let (other, _) = Paths::new(directory, [pattern, "[z]"].into_iter());
        assert_eq!((plain.wildcards(), other.wildcards()), (0, 2), "{pattern}");
        (plain.contain(&directory.join(path)), other.contain(&directory.join(path)))
    }

    #[test]
    fn a_pattern_without_wildcards_is_that_of_gitignore() {
        let patterns =
            ["a", "/a", "a/", "./a", "a/b", "/a/b/", "a/b.json", "b.json", "b.json/", ".a", "./a/b/"];
        let paths = ["a", "a/b", "a/b.json", "b.json", "c/a", "c/a/b", "c/b.json", "a/b/c", ".a", "A", "ab"];
        for (pattern, path) in patterns.iter().flat_map(|pattern| paths.map(|path| (pattern, path))) {
            let (plain, other) = contains(pattern, path);
            assert_eq!(plain, other, "{pattern} {path}");
        }
    }
}
