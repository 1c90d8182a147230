//! Paths without symbolic links. The system resolves each path from the root, which takes long for many deep paths, so the result for
//! each directory is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{fs, io};

use crate::source::files::locked;

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
        step(&self.resolve(parent)?, name)
    }

    /// Resolves a directory from the nearest one above it that is known. Other threads may resolve the same directories.
    fn resolve(&self, directory: &Path) -> io::Result<PathBuf> {
        let mut unknown: Vec<&Path> = Vec::new();
        let mut real = PathBuf::new();
        for above in directory.ancestors() {
            if let Some(known) = self.known(above) {
                real = known;
                break;
            }
            unknown.push(above);
        }
        for path in unknown.into_iter().rev() {
            real = match path.file_name() {
                Some(name) => step(&real, name)?,
                None => fs::canonicalize(path)?,
            };
            locked(&self.directories).insert(path.to_owned(), real.clone());
        }
        Ok(real)
    }

    fn known(&self, directory: &Path) -> Option<PathBuf> {
        locked(&self.directories).get(directory).cloned()
    }
}

/// Resolves a name in a resolved directory.
fn step(directory: &Path, name: &std::ffi::OsStr) -> io::Result<PathBuf> {
    let path = directory.join(name);
    if fs::symlink_metadata(&path)?.file_type().is_symlink() { fs::canonicalize(path) } else { Ok(path) }
}
