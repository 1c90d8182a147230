//! Values that depend on an unknown one: which branch of a conditional. Evaluation records the choices that it meets, and follows
//! the assumptions of its scenario about them.

use std::path::Path;

use crate::choice::{self, Assumed, Subject};
use crate::source::Span;
use crate::syntax::hcl::{BinaryOperator, Call, Expr, ExprKind, UnaryOperator};
use crate::terraform::evaluation::eval::{Eval, Need, Role};
use crate::terraform::evaluation::offers::{Offers, contains, known_items};
use crate::terraform::{collection, operator};
use crate::value::{Node, NodeKind, Unknown};

impl Eval<'_, '_> {
    /// What the scenario assumes instead of an unknown value.
    pub(super) fn assumed(self, value: Node) -> Node {
        let subject = || subject(&value).or_else(|| self.expression(&value));
        match self.configuration.choices.assumed(subject) {
            Some(Assumed::Value(assumed)) => assumed.clone().used_at(value.at),
            Some(Assumed::Other(_)) | None => value,
        }
    }

    /// Compares a value of which only is known that it is none of some values; `None` if that does not decide it.
    pub(super) fn compared_with_others(
        self,
        operator: BinaryOperator,
        sides: [&Node; 2],
        at: Span,
    ) -> Option<Node> {
        let differs = operator.if_different()?;
        let [left, right] = sides;
        let is_other = self.is_none_of(left, std::slice::from_ref(right))
            || self.is_none_of(right, std::slice::from_ref(left));
        is_other.then(|| Node::new(NodeKind::Bool(differs), at))
    }

    /// Returns `true` if the scenario assumes that an unknown value is none of some values.
    pub(super) fn is_none_of(self, value: &Node, values: &[Node]) -> bool {
        let assumed = self.configuration.choices.assumed(|| subject(value));
        let Some(Assumed::Other(excluded)) = assumed else { return false };
        values.iter().all(|value| contains(excluded, value))
    }

    /// The same scope, for an expression that decides how many instances of a block there are.
    #[must_use]
    pub(super) fn expansion(self) -> Self {
        Eval { role: Role::Expansion, ..self }
    }

    /// Returns `true` if the scenario assumes that an unknown value is none of the items of a list.
    pub(super) fn is_none_of_list(self, value: &Node, list: &Node) -> bool {
        known_items(list).is_some_and(|items| self.is_none_of(value, &items))
    }

    /// Records values of a subject. What a model distinguishes is not a choice of the user.
    pub(super) fn offer(self, subject: Subject, add: impl FnOnce(&mut Offers)) {
        if !self.module.directory.is_model() {
            self.configuration.choices.offer(subject, add);
        }
    }

    /// Records what decides the unknown test of a conditional. A test that only decides how many instances of a block there
    /// are is not a choice between values.
    pub(super) fn offer_test(self, test: &Expr) {
        if self.role == Role::Value {
            self.offer_parts(test);
        }
    }

    fn offer_parts(self, test: &Expr) {
        match &test.kind {
            ExprKind::Parens(inner) | ExprKind::Unary(UnaryOperator::Not, inner) => self.offer_parts(inner),
            ExprKind::Binary(BinaryOperator::And | BinaryOperator::Or, left, right) => {
                [left, right].into_iter().for_each(|side| self.offer_parts(side));
            }
            ExprKind::Binary(BinaryOperator::Equal | BinaryOperator::NotEqual, left, right) => {
                // Whether a value is given at all is not a choice: modules test it to support their callers.
                if [left, right].iter().any(|side| is_nothing(side)) {
                    return;
                }
                match self.compared(left, right) {
                    Some((subject, value)) => self.offer(subject, |offers| offers.also([value])),
                    None => self.offer_truth(test),
                }
            }
            ExprKind::Call(call) if call.name == "contains" => match self.listed(call) {
                Some((subject, values)) => self.offer(subject, |offers| offers.also(values)),
                None => self.offer_truth(test),
            },
            _ => self.offer_truth(test),
        }
    }

    /// Records that a test is true or false.
    fn offer_truth(self, test: &Expr) {
        let value = self.quietly(|| self.expr(test));
        let is_shared = self.bindings.is_none() && self.instance.is_only();
        if operator::truth(&value).is_some() || self.has_no_selector(test) {
            return;
        }
        let Some(subject) = subject(&value).or_else(|| is_shared.then(|| self.expression(&value))?) else {
            return;
        };
        let values = [true, false].map(|is| Node::new(NodeKind::Bool(is), test.at));
        let reads = self.reads(test);
        self.offer(subject, |offers| {
            offers.reads(reads);
            offers.only(values.to_vec());
        });
    }

    /// Returns `true` if what is unknown in a test is computed, so that nobody selects its result.
    fn has_no_selector(self, test: &Expr) -> bool {
        let mut unknowns = Vec::new();
        let part = Eval { need: Need::Optional, ..self };
        test.visit(&mut |expr| {
            if matches!(expr.kind, ExprKind::Traversal(..))
                && let NodeKind::Unknown(why) = part.quietly(|| part.expr(expr)).kind
            {
                unknowns.push(why);
            }
        });
        !unknowns.is_empty() && unknowns.iter().all(choice::is_computed)
    }

    /// The expression whose value is unknown, as a subject. It is the same wherever the value is used, and wherever the folder has the
    /// same text: only expressions are offered that depend on nothing but the module.
    fn expression(self, value: &Node) -> Option<Subject> {
        let NodeKind::Unknown(Unknown::Expression(_)) = &value.kind else { return None };
        let sources = self.configuration.sources;
        let text = sources.text(value.at);
        let is_short = text.len() <= 80 && !text.contains('\n');
        let folder = || sources.get(value.at.file).path.parent().unwrap_or(Path::new("")).to_string_lossy();
        is_short.then(|| Subject::in_folder(text, &folder()))
    }

    /// What the scenario assumes about the value of a test.
    pub(super) fn assumed_truth(self, value: &Node) -> Option<bool> {
        operator::truth(&self.assumed(value.clone()))
    }

    /// The subject of a comparison, and the value that it is compared with.
    fn compared(self, left: &Expr, right: &Expr) -> Option<(Subject, Node)> {
        let sides = [left, right].map(|side| self.quietly(|| self.expr(side)));
        let (unknown, known) = match &sides {
            [left, right] if subject(left).is_some() => (left, right),
            [left, right] => (right, left),
        };
        let is_comparable = matches!(known.kind, NodeKind::Null) || collection::key(known).is_some();
        is_comparable.then(|| Some((subject(unknown)?, known.clone())))?
    }

    /// The subject of `contains(list, subject)`, and the list.
    fn listed(self, call: &Call) -> Option<(Subject, Vec<Node>)> {
        let [list, value] = call.args.as_slice() else { return None };
        let [list, value] = [list, value].map(|arg| self.quietly(|| self.expr(arg)));
        Some((subject(&value)?, known_items(&list)?))
    }
}

/// Whether an expression is written as `null` or `""`.
fn is_nothing(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Null => true,
        ExprKind::String(text) => text.is_empty(),
        _ => false,
    }
}

/// The subject of an unknown value.
pub(super) fn subject(value: &Node) -> Option<Subject> {
    match &value.kind {
        NodeKind::Unknown(why) => Subject::of(why).or_else(|| of_any_instance(why, value.at)),
        _ => None,
    }
}

/// A value of `each` or `count` in the instance that represents all instances of a block, as a subject. Wherever a called module
/// uses it, its place is the argument of the call.
fn of_any_instance(why: &Unknown, at: Span) -> Option<Subject> {
    let Unknown::Reference(name) = why else { return None };
    let is_of_instance = ["each.", "count."].iter().any(|start| name.starts_with(start));
    is_of_instance.then(|| Subject::expression(name, at))
}
