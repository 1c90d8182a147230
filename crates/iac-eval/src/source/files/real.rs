//! Paths without symbolic links. The system resolves each path from the root, which takes long for many deep paths, so the result for
//! each directory is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

/// The directories that were resolved.
#[derive(Debug, Default)]
pub(super) struct RealPaths {
    directories: Mutex<BTreeMap<PathBuf, PathBuf>>,
}

impl RealPaths {
    /// Resolves all links of an absolute path.
    ///
    /// # Errors
    /// Returns why the path does not exist or cannot be resolved.
    pub(super) fn of(&self, path: &Path) -> io::Result<PathBuf> {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return fs::canonicalize(path);
        };
        let known = self.known(parent);
        let directory = match known {
            Some(directory) => directory,
            None => self.resolve(parent)?,
        };
        step(&directory, name)
    }

    fn known(&self, directory: &Path) -> Option<PathBuf> {
        self.directories.lock().unwrap_or_else(PoisonError::into_inner).get(directory).cloned()
    }

    /// Resolves a directory from the nearest one above it that is known.
    fn resolve(&self, directory: &Path) -> io::Result<PathBuf> {
        let unknown: Vec<&Path> =
            directory.ancestors().take_while(|above| self.known(above).is_none()).collect();
        let mut real = unknown.last().and_then(|first| self.known(first.parent()?)).unwrap_or_default();
        for path in unknown.into_iter().rev() {
            real = match path.file_name() {
                Some(name) => step(&real, name)?,
                None => fs::canonicalize(path)?,
            };
            let mut known = self.directories.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(path.to_owned(), real.clone());
        }
        Ok(real)
    }
}

/// Resolves a name in a resolved directory.
fn step(directory: &Path, name: &std::ffi::OsStr) -> io::Result<PathBuf> {
    let path = directory.join(name);
    if fs::symlink_metadata(&path)?.file_type().is_symlink() { fs::canonicalize(path) } else { Ok(path) }
}
