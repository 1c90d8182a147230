//! Values that are evaluated at their first use and then remembered; one that leads back to itself is found out.

use std::cell::RefCell;
use std::fmt;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::source::Span;
use crate::syntax::SyntaxErrorKind;
use crate::terraform::module::{ModuleId, Name};
use crate::terraform::{Configuration, not_evaluated};
use crate::value::Node;

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

impl Configuration<'_> {
    /// Evaluates a name of a module at its first use. One that depends on itself, or nests too deep, is unknown.
    pub(super) fn once(&self, id: ModuleId, name: Name, at: Span, evaluate: impl FnOnce() -> Node) -> Node {
        let values = &self.modules[id].values;
        let node = match values.begin(&name) {
            Some(Progress::Done(node)) => return node.used_at(at),
            Some(Progress::Begun) => {
                self.report_cycle(id, &name, at);
                not_evaluated(self.sources, at)
            }
            None => self.deeper(id, at, evaluate).unwrap_or_else(|| not_evaluated(self.sources, at)),
        };
        values.finish(name, node.clone());
        node.used_at(at)
    }

    /// Evaluates something one level deeper; `None` if that is too deep, which is reported.
    pub(super) fn deeper<T>(&self, id: ModuleId, at: Span, evaluate: impl FnOnce() -> T) -> Option<T> {
        let value = self.budget.deeper(evaluate);
        if value.is_none() {
            let message = "too many names lie between this value and its use; it is not evaluated";
            self.report_limit(id, at, message);
        }
        value
    }

    /// Reports that what has this name is defined by itself.
    pub(super) fn report_cycle(&self, id: ModuleId, name: &dyn fmt::Display, at: Span) {
        self.report(id, at, &format!("`{name}` is defined by itself"), SyntaxErrorKind::Rejected);
    }
}
