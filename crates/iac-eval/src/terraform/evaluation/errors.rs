//! What Terraform rejects for certain, and what is not evaluated because of a limit: reported once, at the expression, with
//! the module calls that lead to it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::{Label, SyntaxError, SyntaxErrorKind};
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::rejection::rejected;
use crate::terraform::{Configuration, ModuleId, duplicate};
use crate::value::Node;

/// The errors reported so far.
#[derive(Debug, Default)]
pub(super) struct EvalErrors {
    found: RefCell<Vec<SyntaxError>>,
    /// How many calls of `try` and `can` are around the expression. What fails in them is not reported.
    quiet: Cell<usize>,
    /// Whether a limit was reported. What is made of a value that is too large is too large as well; one report is enough.
    limit_reported: Cell<bool>,
    /// The directories that were reported as absent.
    absent: RefCell<BTreeSet<PathBuf>>,
}

impl EvalErrors {
    /// Whether a directory was not reported as absent yet. From now on it counts as reported.
    pub(super) fn is_first_report(&self, absent: &Path) -> bool {
        self.absent.borrow_mut().insert(absent.to_owned())
    }
}

impl Configuration<'_> {
    /// What Terraform rejects of the declarations, and of the expressions that were evaluated. Files that are absent and
    /// limits that were reached are of the kind [`SyntaxErrorKind::Ignored`].
    pub fn errors(&self) -> Vec<SyntaxError> {
        let mut found = self.errors.found.borrow().clone();
        for error in self.modules().flat_map(|(_, _, directory)| duplicate::all(directory)) {
            if !found.contains(&error) {
                found.push(error);
            }
        }
        found
    }

    /// Reports an error in a module, unless it is reported already or `try` or `can` is around.
    pub(super) fn report(&self, id: ModuleId, at: Span, message: &str, kind: SyntaxErrorKind) {
        if self.errors.quiet.get() > 0 {
            return;
        }
        let mut found = self.errors.found.borrow_mut();
        if found.iter().any(|known| known.span == at && known.message == message) {
            return;
        }
        let labels = self.trace(id);
        found.push(SyntaxError { kind, labels, ..SyntaxError::rejected(at, message) });
    }

    /// Reports the first limit that is reached.
    pub(super) fn report_limit(&self, id: ModuleId, at: Span, message: &str) {
        if !self.errors.limit_reported.replace(true) {
            self.report(id, at, message, SyntaxErrorKind::Ignored);
        }
    }

    /// The calls that lead to a module, the nearest first.
    fn trace(&self, id: ModuleId) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut module = &self.modules[id];
        while let Some(caller) = &module.caller {
            let message = format!("`{}` is called here", module.path);
            labels.push(Label { span: caller.block.header, message });
            module = &self.modules[caller.module];
        }
        labels
    }
}

impl Eval<'_, '_> {
    /// Reports an expression that Terraform rejects. Returns its value.
    pub(super) fn reject(self, message: impl Into<SmolStr>, at: Span) -> Node {
        let message = message.into();
        self.configuration.report(self.id, at, &message, SyntaxErrorKind::Rejected);
        rejected(message, at)
    }

    /// The value of something that is larger than [`Eval::limited`] allows, which is reported. The rest goes on.
    pub(super) fn too_large(self, at: Span) -> Node {
        self.configuration.report_limit(self.id, at, "this value is too large and is not evaluated");
        self.unknown(at)
    }

    /// The value of what is not evaluated because the budget is spent, which is reported.
    pub(super) fn over_budget(self, at: Span) -> Node {
        let message = "the evaluation limit is reached here; the rest of this root module is not evaluated";
        self.configuration.report_limit(self.id, at, message);
        self.unknown(at)
    }

    /// Evaluates something that may fail. Nothing is reported meanwhile.
    pub(super) fn quietly(self, evaluate: impl FnOnce() -> Node) -> Node {
        let quiet = &self.configuration.errors.quiet;
        quiet.set(quiet.get() + 1);
        let value = evaluate();
        quiet.set(quiet.get() - 1);
        value
    }
}
