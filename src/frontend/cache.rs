//! The cache of read files. A unit is read again only if the text of one of its files changed.

use std::any::{Any, TypeId};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::address::UnitId;
use crate::frontend::{ReadContext, limit};
use crate::panic_guard;
use crate::parallel;
use crate::resource::{Failure, Traits, Unit};
use crate::source::{FileId, Input, Requested, Sources};
use crate::workspace::IndexedUnit;

/// The results of reading, by file and by root module. Valid for one chain of [`Sources::with_texts`], which keeps file
/// ids.
#[derive(Clone, Debug, Default)]
pub struct ReadCache {
    files: FxHashMap<(&'static str, FileId), Arc<ReadFile>>,
    own: FxHashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl ReadCache {
    /// Takes a front end's cached data, identified by its type.
    pub(super) fn take<T: Any + Clone + Default + Send + Sync>(&mut self) -> T {
        let kept = self.own.remove(&TypeId::of::<T>()).and_then(|kept| kept.downcast().ok());
        kept.map(Arc::unwrap_or_clone).unwrap_or_default()
    }

    /// Stores a front end's data for the next run.
    pub(super) fn put<T: Any + Send + Sync>(&mut self, own: T) {
        self.own.insert(TypeId::of::<T>(), Arc::new(own));
    }
}

/// What was computed from the text of each file.
#[derive(Clone, Debug)]
pub(super) struct ByText<T>(FxHashMap<FileId, (Arc<str>, T)>);

impl<T> Default for ByText<T> {
    fn default() -> ByText<T> {
        ByText(FxHashMap::default())
    }
}

impl<T> ByText<T> {
    /// What was computed from the present text of a file.
    pub(super) fn get(&self, sources: &Sources, file: FileId) -> Option<&T> {
        let (text, value) = self.0.get(&file)?;
        Arc::ptr_eq(text, &sources.get(file).text).then_some(value)
    }

    /// Stores what was computed from the present text of a file.
    pub(super) fn insert(&mut self, sources: &Sources, file: FileId, value: T) {
        self.0.insert(file, (Arc::clone(&sources.get(file).text), value));
    }

    /// What was computed from the present text of a file, or else the result of `compute`, which is stored.
    pub(super) fn get_or_insert(&mut self, sources: &Sources, file: FileId, compute: impl FnOnce() -> T) -> T
    where
        T: Clone,
    {
        if let Some(known) = self.get(sources, file) {
            return known.clone();
        }
        let value = compute();
        self.insert(sources, file, value.clone());
        value
    }

    /// Forgets all other files.
    pub(super) fn retain(&mut self, keep: impl Fn(FileId) -> bool) {
        self.0.retain(|file, _| keep(*file));
    }
}

/// The result of reading a file with a front end.
#[derive(Debug)]
struct ReadFile {
    text: Arc<str>,
    requested: Requested,
    /// `None` if the file is not in the format.
    unit: Option<Arc<IndexedUnit>>,
}

/// Reads one file; `None` if it is not in the format.
type Reader = fn(&Sources, Input) -> Option<Unit>;

impl ReadContext<'_> {
    /// Reads the inputs of a format whose units are single files; `name` is the name of the format.
    pub(super) fn read_files(&mut self, name: &'static str, reader: Reader) {
        let (sources, cache) = (self.sources, &self.cache.files);
        let read = parallel::map(&self.inputs, |input| {
            let text = &sources.get(input.file).text;
            let is_fresh =
                |read: &&Arc<ReadFile>| Arc::ptr_eq(&read.text, text) && read.requested == input.requested;
            let known = cache.get(&(name, input.file)).filter(is_fresh);
            known.map_or_else(|| Arc::new(read_file(sources, *input, reader)), Arc::clone)
        });
        self.units.extend(read.iter().filter_map(|read| read.unit.clone()));
        let read = self.inputs.iter().zip(read).map(|(input, read)| ((name, input.file), read));
        self.cache.files.extend(read);
    }
}

fn read_file(sources: &Sources, input: Input, reader: Reader) -> ReadFile {
    let unit = panic_guard::catch(|| reader(sources, input)).unwrap_or_else(|panic| {
        Some(Unit {
            files: vec![input.file],
            failures: vec![Failure::of_file(input.file, panic)],
            ..Unit::new(UnitId::new(input.file), &Traits::AS_WRITTEN)
        })
    });
    let text = Arc::clone(&sources.get(input.file).text);
    ReadFile { text, requested: input.requested, unit: unit.map(indexed).map(Arc::new) }
}

/// Limits the size of a unit's requests and collects its names.
pub(super) fn indexed(mut unit: Unit) -> IndexedUnit {
    limit::limit(&mut unit);
    unit.into()
}
