//! Values that are evaluated at their first use and then remembered; one that leads back to itself is found out.

use std::cell::RefCell;
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// The values of some keys, and which of them are being evaluated.
#[derive(Debug)]
pub(super) struct Memo<K, V>(RefCell<FxHashMap<K, Progress<V>>>);

/// How far the evaluation of a key is.
#[derive(Clone, Debug)]
pub(super) enum Progress<V> {
    /// It began and has not ended: its value depends on itself.
    Begun,
    /// This is its value.
    Done(V),
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo(RefCell::default())
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Memo<K, V> {
    /// How far the evaluation of a key is; `None` if it begins now.
    pub(super) fn begin(&self, key: &K) -> Option<Progress<V>> {
        let progress = self.0.borrow().get(key).cloned();
        if progress.is_none() {
            self.0.borrow_mut().insert(key.clone(), Progress::Begun);
        }
        progress
    }

    /// Remembers the value of a key.
    pub(super) fn finish(&self, key: K, value: V) {
        self.0.borrow_mut().insert(key, Progress::Done(value));
    }
}
