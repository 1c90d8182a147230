//! What the values of a configuration come from: files, other roots, and where those keep their states.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::address::UnitId;
use crate::source::{FileId, Unreadable};
use crate::terraform::{Configuration, Directory, States, Texts};

impl<'d> Configuration<'d> {
    /// The other roots that values came from.
    pub fn external(&self) -> Vec<UnitId> {
        self.external.borrow().iter().copied().collect()
    }

    /// Where all roots keep their states, if that was asked.
    pub fn states(&self) -> Option<States> {
        self.asked_states.get().then(|| Arc::clone(self.directories.states()))
    }

    /// The file at a path; it is one of those that the values come from.
    pub(super) fn load(&self, path: &Path) -> Result<FileId, Unreadable> {
        let loaded = self.sources.load(path);
        if let Ok(file) = loaded {
            self.other_texts.borrow_mut().push((file, Arc::clone(&self.sources.get(file).text)));
        }
        loaded
    }

    /// The files that the modules were read from.
    pub fn files(&self) -> Vec<FileId> {
        self.read_from().flat_map(|directory| directory.bodies.iter().map(|(file, _)| *file)).collect()
    }

    /// The files that values come from, those of other roots too, with their texts.
    pub fn texts(&self) -> Texts {
        let ours = self.read_from().flat_map(|directory| directory.texts.iter());
        ours.chain(self.other_texts.borrow().iter()).cloned().collect()
    }

    /// The directories of the modules, each once.
    fn read_from(&self) -> impl Iterator<Item = &'d Directory> {
        let mut seen = FxHashSet::default();
        let directories = self.modules.iter().map(|(_, module)| module.directory);
        directories.filter(move |directory| seen.insert(&directory.path))
    }
}
