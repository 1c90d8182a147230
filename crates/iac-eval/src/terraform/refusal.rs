//! What Terraform refuses for certain: said once, at the expression, with the module calls that lead to it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::Label;
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::terraform::eval::Eval;
use crate::terraform::{Configuration, ModuleId, duplicate};
use crate::value::{Node, NodeKind, Unknown};

/// What was refused so far.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    found: RefCell<Vec<SyntaxError>>,
    /// How many `try` and `can` are around: what fails within them is no mistake.
    quiet: Cell<usize>,
    /// Whether it was said that something is too large to evaluate; what is made of it is too, and one is enough.
    bounded: Cell<bool>,
    /// The directories that were said to be absent.
    absent: RefCell<BTreeSet<PathBuf>>,
}

impl Refusals {
    /// Whether nothing was said of a directory yet; it is noted that something is now.
    pub(super) fn is_new(&self, absent: &Path) -> bool {
        self.absent.borrow_mut().insert(absent.to_owned())
    }
}

impl Configuration<'_> {
    /// What Terraform would refuse of the declarations, and of the expressions that were evaluated.
    pub fn refusals(&self) -> Vec<SyntaxError> {
        let mut found = self.refusals.found.borrow().clone();
        for problem in self.modules().flat_map(|(_, _, directory)| duplicate::all(directory)) {
            if !found.contains(&problem) {
                found.push(problem);
            }
        }
        found
    }

    /// Notes that Terraform refuses what stands at `at` in a module.
    pub(super) fn refuse(&self, id: ModuleId, at: Span, message: &str, kind: SyntaxErrorKind) {
        if self.refusals.quiet.get() > 0 {
            return;
        }
        let mut found = self.refusals.found.borrow_mut();
        if found.iter().any(|known| known.span == at && known.message == message) {
            return;
        }
        let labels = self.trace(id);
        found.push(SyntaxError { kind, labels, ..SyntaxError::rejected(at, message) });
    }

    /// Notes the first value that is not evaluated because there would be no end of it.
    pub(super) fn bound(&self, id: ModuleId, at: Span, message: &str) {
        if !self.refusals.bounded.replace(true) {
            self.refuse(id, at, message, SyntaxErrorKind::Ignored);
        }
    }

    /// The calls that lead to a module, the nearest first.
    fn trace(&self, id: ModuleId) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut module = &self.modules[id];
        while let Some(caller) = &module.caller {
            let message = format!("in {}, called here", module.path);
            labels.push(Label { span: caller.block.header, message });
            module = &self.modules[caller.module];
        }
        labels
    }
}

impl Eval<'_, '_> {
    /// The value of an expression that Terraform refuses, which is noted.
    pub(super) fn refuse(self, message: impl Into<SmolStr>, at: Span) -> Node {
        let message = message.into();
        self.configuration.refuse(self.id, at, &message, SyntaxErrorKind::Rejected);
        Node::unknown(Unknown::Refused(message), at)
    }

    /// The value of an expression that Terraform refuses. Nothing is noted: what leads to it, the type of a variable
    /// say, is not followed in every detail. `try` and `can` go by it.
    pub(super) fn fails(self, message: &'static str, at: Span) -> Node {
        Node::unknown(Unknown::Refused(SmolStr::new_static(message)), at)
    }

    /// A value that is larger than anything of use, which is noted. It is unknown, and the rest goes on.
    pub(super) fn too_large(self, at: Span) -> Node {
        self.configuration.bound(self.id, at, "this value has too many parts; it is not evaluated");
        self.unknown(at)
    }

    /// What is not evaluated because all that may be was spent, which is noted.
    pub(super) fn too_much(self, at: Span) -> Node {
        let message = "there is too much to evaluate here; what is left of this root is not evaluated";
        self.configuration.bound(self.id, at, message);
        self.unknown(at)
    }

    /// Evaluates where a failure is no mistake.
    pub(super) fn quietly(self, evaluate: impl FnOnce() -> Node) -> Node {
        let quiet = &self.configuration.refusals.quiet;
        quiet.set(quiet.get() + 1);
        let value = evaluate();
        quiet.set(quiet.get() - 1);
        value
    }
}

/// How deep and how wide a value is looked through for what is refused in it.
const MAX_DEPTH: usize = 8;

/// What Terraform refuses of a value, itself or within it.
pub(super) fn refused(node: &Node) -> Option<&Node> {
    within(node, MAX_DEPTH)
}

fn within(node: &Node, depth: usize) -> Option<&Node> {
    match &node.kind {
        NodeKind::Unknown(Unknown::Refused(_)) => Some(node),
        NodeKind::Array(array) if depth > 0 => array.items.iter().find_map(|item| within(item, depth - 1)),
        NodeKind::Object(object) if depth > 0 => {
            object.entries.iter().find_map(|entry| within(&entry.value, depth - 1))
        }
        _ => None,
    }
}
