//! Evaluates each name at its first use.

use std::fmt;

use crate::source::{Sources, Span};
use crate::syntax::SyntaxErrorKind;
use crate::terraform::Configuration;
use crate::terraform::memo::Progress;
use crate::terraform::module::{ModuleId, Name};
use crate::value::{Node, Unknown};

impl Configuration<'_> {
    /// Evaluates a name of a module at its first use. A name that depends on itself, or nests too deeply, is unknown.
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

    /// Evaluates something one level deeper. Reports an error and returns `None` if the depth limit is reached.
    pub(super) fn deeper<T>(&self, id: ModuleId, at: Span, evaluate: impl FnOnce() -> T) -> Option<T> {
        let value = self.budget.deeper(evaluate);
        if value.is_none() {
            let message = "references are nested too deeply here; this value is not evaluated";
            self.report_limit(id, at, message);
        }
        value
    }

    /// Reports that a name depends on itself.
    pub(super) fn report_cycle(&self, id: ModuleId, name: &dyn fmt::Display, at: Span) {
        self.report(id, at, &format!("`{name}` depends on itself"), SyntaxErrorKind::Rejected);
    }
}

/// The unknown value of an expression that is not evaluated, named after the start of the expression's text.
pub(super) fn not_evaluated(sources: &Sources, at: Span) -> Node {
    let text = sources.text(at);
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    Node::unknown(Unknown::Expression(short.into()), at)
}
