//! Values that are evaluated once and cached, with cycle detection.

use std::cell::RefCell;
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// The cached values by key, and the keys that are being evaluated.
#[derive(Debug)]
pub(super) struct Memo<K, V>(RefCell<FxHashMap<K, Progress<V>>>);

/// The evaluation state of a key.
#[derive(Clone, Debug)]
pub(super) enum Progress<V> {
    /// Evaluation has started but not finished: the value depends on itself.
    Begun,
    /// The value.
    Done(V),
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo(RefCell::default())
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Memo<K, V> {
    /// The evaluation state of a key; `None` if its evaluation starts now.
    pub(super) fn begin(&self, key: &K) -> Option<Progress<V>> {
        let progress = self.0.borrow().get(key).cloned();
        if progress.is_none() {
            self.0.borrow_mut().insert(key.clone(), Progress::Begun);
        }
        progress
    }

    /// Caches the value of a key.
    pub(super) fn finish(&self, key: K, value: V) {
        self.0.borrow_mut().insert(key, Progress::Done(value));
    }
}
