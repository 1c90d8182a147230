//! Errors that Terraform certainly rejects, and evaluation limits: reported once, at the expression, with the module
//! calls that lead to it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::{Label, SyntaxError, SyntaxErrorKind};
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::rejection::rejected;
use crate::terraform::{Configuration, Directory, ModuleId, duplicate, ignored};
use crate::value::{More, Node};

/// The errors reported so far.
#[derive(Debug, Default)]
pub(super) struct EvalErrors {
    found: RefCell<Vec<SyntaxError>>,
    /// The number of `try` and `can` calls around the expression. Errors inside them are not reported.
    quiet: Cell<usize>,
    /// The places and messages of these errors.
    known: RefCell<FxHashSet<(Span, SmolStr)>>,
    /// The limits that were reported. Later values derive from the same one, so one report of each is enough.
    limits: RefCell<BTreeSet<SmolStr>>,
    /// The directories reported as missing.
    absent: RefCell<BTreeSet<PathBuf>>,
}

impl EvalErrors {
    /// Whether errors are not reported at present.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet.get() > 0
    }

    /// Returns `true` if the directory was not reported as missing before, and records it as reported.
    pub(super) fn is_first_report(&self, absent: &Path) -> bool {
        self.absent.borrow_mut().insert(absent.to_owned())
    }
}

impl Configuration<'_> {
    /// The errors that Terraform certainly reports for the declarations and the evaluated expressions. Missing files
    /// have the kind [`SyntaxErrorKind::Ignored`], limits that were reached [`SyntaxErrorKind::Limit`].
    pub fn errors(&self) -> Vec<SyntaxError> {
        let mut found = self.errors.found.borrow().clone();
        let known: FxHashSet<Span> = found.iter().map(|error| error.span).collect();
        for error in self.read_from().flat_map(duplicate::all).chain(self.undeclared()) {
            if !known.contains(&error.span) || !found.contains(&error) {
                found.push(error);
            }
        }
        found
    }

    /// The references to names that a module, or a module that it calls, certainly does not declare.
    fn undeclared(&self) -> Vec<SyntaxError> {
        let mut seen: FxHashSet<&Path> = FxHashSet::default();
        let mut found = Vec::new();
        for (id, module) in self.modules.iter().filter(|(_, module)| !module.directory.is_model()) {
            let directory = module.directory;
            if !seen.insert(&directory.path) {
                continue;
            }
            let references = directory.references();
            if !references.undeclared.is_empty() && self.is_whole(directory) {
                found.extend(references.undeclared.iter().cloned());
            }
            found.extend(references.outputs.iter().filter_map(|output| {
                let called = self.source(id, &output.call, directory.call(&output.call)?)?;
                called.no_output(output).filter(|_| self.is_whole(called))
            }));
        }
        found
    }

    /// Whether all files of a directory are known.
    fn is_whole(&self, directory: &Directory) -> bool {
        let root = self.modules[ModuleId::ROOT].directory;
        directory.more == More::No
            && (self.more_files == More::No || directory.path != root.path)
            && !ignored::hides_files(self.sources, &directory.path)
    }

    /// Whether a limit was reached, so that a part of the configuration was not evaluated.
    pub fn reached_limit(&self) -> bool {
        !self.errors.limits.borrow().is_empty()
    }

    /// Reports an error in a module, unless it was reported before or is inside `try` or `can`.
    pub(super) fn report(&self, id: ModuleId, at: Span, message: &str, kind: SyntaxErrorKind) {
        self.report_error(id, SyntaxError { kind, ..SyntaxError::rejected(at, message) });
    }

    /// Reports a path at which nothing exists, and what a relative path in its place is relative to.
    pub(super) fn report_missing(&self, id: ModuleId, at: Span, message: String, from: &str) {
        let help = format!("create it, or correct the path, which is relative to the directory of {from}");
        let kind = SyntaxErrorKind::Ignored;
        self.report_error(id, SyntaxError { kind, help: Some(help), ..SyntaxError::rejected(at, message) });
    }

    fn report_error(&self, id: ModuleId, error: SyntaxError) {
        // A model simplifies: its errors are not those of the module.
        if self.errors.is_quiet() || self.modules[id].directory.is_model() {
            return;
        }
        if !self.errors.known.borrow_mut().insert((error.span, error.message.as_str().into())) {
            return;
        }
        let labels = self.trace(id);
        self.errors.found.borrow_mut().push(SyntaxError { labels, ..error });
    }

    /// Reports the first place at which a limit is reached, even inside `try` or `can`.
    pub(super) fn report_limit(&self, id: ModuleId, at: Span, message: &str) {
        if self.errors.limits.borrow_mut().insert(message.into()) {
            let labels = self.trace(id);
            let at = self.call_of_model(id).unwrap_or(at);
            self.errors.found.borrow_mut().push(SyntaxError { labels, ..SyntaxError::limit(at, message) });
        }
    }

    /// Whether a limit was reported.
    pub(super) fn has_reported(&self, limit: &str) -> bool {
        self.errors.limits.borrow().contains(limit)
    }

    /// The calls that lead to a module, innermost first.
    fn trace(&self, id: ModuleId) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut module = &self.modules[id];
        while let Some(caller) = &module.caller {
            let message = format!("`{}` is called here", module.path);
            if !caller.block.header.file.is_model() {
                labels.push(Label { span: caller.block.header, message });
            }
            module = &self.modules[caller.module];
        }
        labels
    }
}

impl Eval<'_, '_> {
    /// Reports an expression that Terraform rejects, and returns its value.
    pub(super) fn reject(self, message: impl Into<SmolStr>, at: Span) -> Node {
        let message = message.into();
        self.configuration.report(self.id, at, &message, SyntaxErrorKind::Rejected);
        rejected(message, at)
    }

    /// Reports a value that is too large (see [`Eval::limited`]), and returns an unknown value in its place. Evaluation
    /// continues.
    pub(super) fn too_large(self, at: Span) -> Node {
        self.configuration.report_limit(self.id, at, "this value is too large and is not evaluated");
        self.unknown(at)
    }

    /// Reports that the evaluation budget is exhausted, and returns an unknown value.
    pub(super) fn over_budget(self, at: Span) -> Node {
        let message = "the evaluation limit is reached here; the rest of this root module is not evaluated";
        self.configuration.report_limit(self.id, at, message);
        self.unknown(at)
    }

    /// Evaluates something without reporting its errors.
    pub(super) fn quietly(self, evaluate: impl FnOnce() -> Node) -> Node {
        let quiet = &self.configuration.errors.quiet;
        quiet.set(quiet.get() + 1);
        let value = evaluate();
        quiet.set(quiet.get() - 1);
        value
    }
}
