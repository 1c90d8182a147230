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
