//! The paths that were looked up in a run.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::source::{FileId, Unreadable};

/// The paths that were looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// The outcome of each: its file, or why it cannot be read.
    pub paths: BTreeMap<PathBuf, Result<FileId, Unreadable>>,
    /// The names of the files in each directory, so that a listing does not look at everything below it.
    pub names: FxHashMap<PathBuf, BTreeSet<OsString>>,
}

impl Known {
    pub fn get(&self, path: &Path) -> Option<Result<FileId, Unreadable>> {
        self.paths.get(path).copied()
    }

    pub fn insert(&mut self, path: PathBuf, file: Result<FileId, Unreadable>) {
        if let (Ok(_), Some(directory), Some(name)) = (file, path.parent(), path.file_name()) {
            self.names.entry(directory.to_owned()).or_default().insert(name.to_owned());
        }
        self.paths.insert(path, file);
    }

    /// The outcome of a path: the known one, or else this one.
    pub fn get_or_insert(
        &mut self,
        path: PathBuf,
        file: Result<FileId, Unreadable>,
    ) -> Result<FileId, Unreadable> {
        self.get(&path).unwrap_or_else(|| {
            self.insert(path, file);
            file
        })
    }
}
