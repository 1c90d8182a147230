//! Path patterns with the syntax of `.gitignore`, relative to the directory of the settings file.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A set of patterns.
#[derive(Clone, Debug)]
pub struct Paths {
    written: Vec<String>,
    directory: PathBuf,
    patterns: Gitignore,
}

impl Paths {
    /// Parses the patterns. Also returns the index of each invalid pattern and the reason.
    pub fn new<'p>(
        directory: &Path,
        patterns: impl Iterator<Item = &'p str>,
    ) -> (Paths, Vec<(usize, String)>) {
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
        (Paths { written, directory: directory.to_owned(), patterns }, wrong)
    }

    /// The patterns as they are written.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether a file matches.
    pub fn contain(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.directory);
        below.is_ok_and(|below| self.patterns.matched_path_or_any_parents(below, false).is_ignore())
    }
}

/// The error of a pattern, without the pattern.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        error => error.to_string(),
    }
}
