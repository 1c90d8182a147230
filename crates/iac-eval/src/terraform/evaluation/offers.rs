//! The choices that evaluation met, and what its scenario assumes about them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, ToSmolStr as _};

use crate::choice::{Assumed, Choice, Subject, of_subject};
use crate::syntax::hcl::{Expr, ExprKind};
use crate::terraform::module::{Instance, ModuleId};
use crate::terraform::scenario::Scenario;
use crate::terraform::{Configuration, collection, operator};
use crate::value::{More, Node, NodeKind};

/// The largest number of values of one subject that are followed. Beyond it, a map is a table of facts, such as the images of
/// each Region, and not a list of environments.
const MAX_ALTERNATIVES: usize = 12;

/// The assumptions of a scenario, and the choices that evaluation met.
#[derive(Debug, Default)]
pub(super) struct Choices {
    assumed: FxHashMap<Subject, Assumed>,
    offered: RefCell<Vec<(Subject, Offers)>>,
    /// Whether Terraform fails if what is assumed is true.
    is_refused: Cell<bool>,
}

/// The values of a subject that the configuration distinguishes.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// The values that every collection accepts from which it certainly selects; `None` if there is none.
    closed: Option<Vec<Node>>,
    /// The indexes that select all combinations of items from lists in which an index wraps around.
    wrapping: Vec<Node>,
    /// The values that it is compared with.
    open: Vec<Node>,
    /// What it depends on, if it is an expression.
    reads: Option<BTreeSet<SmolStr>>,
}

impl Choices {
    pub(super) fn new(scenario: &Scenario) -> Choices {
        let assumed = scenario.assumptions.iter().map(|it| (it.subject.clone(), it.value.clone())).collect();
        Choices { assumed, ..Choices::default() }
    }

    /// Whether the scenario assumes anything.
    pub(super) fn is_assuming(&self) -> bool {
        !self.assumed.is_empty()
    }

    /// What the scenario assumes about a subject.
    pub(super) fn assumed(&self, subject: impl FnOnce() -> Option<Subject>) -> Option<&Assumed> {
        if !self.is_assuming() {
            return None;
        }
        self.assumed.get(&subject()?)
    }

    /// Records values of a subject.
    pub(super) fn offer(&self, subject: Subject, add: impl FnOnce(&mut Offers)) {
        add(of_subject(&mut self.offered.borrow_mut(), subject));
    }

    /// Records that Terraform fails if what is assumed is true.
    fn refuse(&self) {
        self.is_refused.set(true);
    }
}

impl Offers {
    /// Limits the subject to values that a collection accepts.
    pub(super) fn only(&mut self, values: Vec<Node>) {
        self.closed = Some(match self.closed.take() {
            Some(known) => known.into_iter().filter(|value| contains(&values, value)).collect(),
            None => values,
        });
    }

    /// Records what an expression depends on.
    pub(super) fn reads(&mut self, reads: Option<BTreeSet<SmolStr>>) {
        self.reads = reads;
    }

    /// Adds values that the subject can have, among others.
    pub(super) fn also(&mut self, values: impl IntoIterator<Item = Node>) {
        for value in values {
            if !contains(&self.open, &value) {
                self.open.push(value);
            }
        }
    }

    /// Adds a list whose items the subject selects as an index that wraps around.
    pub(super) fn around(&mut self, list: &[Node]) {
        let known = self.wrapping.len().max(1);
        let many = least_common_multiple(known, list.len()).min(MAX_ALTERNATIVES + 1);
        let index = |index: usize| {
            let place = self.wrapping.get(index).unwrap_or(&list[index % list.len()]).at;
            Node::new(NodeKind::Number(index.to_smolstr()), place)
        };
        self.wrapping = (0..many).map(index).collect();
    }

    fn alternatives(mut self) -> Vec<Assumed> {
        let wrapping = std::mem::take(&mut self.wrapping);
        if self.open.is_empty() && self.closed.is_none() && !wrapping.is_empty() {
            return wrapping.into_iter().map(Assumed::Value).collect();
        }
        self.also(wrapping);
        match self.closed {
            Some(values) => values.into_iter().map(Assumed::Value).collect(),
            None => {
                let values = self.open.clone().into_iter().map(Assumed::Value);
                values.chain([Assumed::Other(self.open)]).collect()
            }
        }
    }
}

impl Configuration<'_> {
    /// The choices that evaluation met, in the order in which it met them.
    pub fn choices(&self) -> Vec<Choice> {
        let offered = std::mem::take(&mut *self.choices.offered.borrow_mut());
        let choice = |(subject, mut offers): (Subject, Offers)| {
            if let Some(allowed) = self.allowed(&subject) {
                offers.only(allowed);
            }
            let reads = offers.reads.take();
            let alternatives = offers.alternatives();
            let is_small = (1..=MAX_ALTERNATIVES).contains(&alternatives.len());
            is_small.then_some(Choice { subject, alternatives, reads, default: None })
        };
        offered.into_iter().filter_map(choice).collect()
    }

    /// Records that an expression fails if what is assumed is true, unless a call of `try` or `can` expects it.
    pub(super) fn refuse(&self) {
        if !self.errors.is_quiet() {
            self.choices.refuse();
        }
    }

    /// The values that the validation of a root module variable allows; `None` if it does not list them.
    fn allowed(&self, subject: &Subject) -> Option<Vec<Node>> {
        let name = subject.name.strip_prefix("var.")?;
        let nobody = Instance::default();
        let eval = self.eval(ModuleId::ROOT, &nobody);
        let mut conditions = self.validations(name);
        conditions.find_map(|condition| {
            let ExprKind::Call(call) = &condition.kind else { return None };
            let [list, value] = call.args.as_slice() else { return None };
            let is_value = matches!(&value.kind, ExprKind::Traversal(base, steps)
                if matches!(&base.kind, ExprKind::Variable(name) if name == "var") && steps.len() == 1);
            let is_list = call.name == "contains" && is_value;
            is_list.then(|| known_items(&eval.expr(list)))?
        })
    }

    /// The conditions in the `validation` blocks of a root module variable.
    fn validations(&self, name: &str) -> impl Iterator<Item = &Expr> {
        let variable = self.modules[ModuleId::ROOT].directory.variable(name);
        let blocks = variable.into_iter().flat_map(|block| &block.body.blocks);
        let validations = blocks.filter(|block| block.kind == "validation");
        validations.filter_map(|block| Some(&block.body.attribute("condition")?.value))
    }

    /// Returns `true` unless the validation of a variable refuses what is assumed about it, or evaluation met an expression that then
    /// fails.
    pub fn is_possible(&self) -> bool {
        if self.choices.is_refused.get() {
            return false;
        }
        let nobody = Instance::default();
        let eval = self.eval(ModuleId::ROOT, &nobody);
        let names = self.choices.assumed.keys().filter_map(|subject| subject.name.strip_prefix("var."));
        let mut conditions = names.flat_map(|name| self.validations(name));
        conditions.all(|condition| operator::truth(&eval.quietly(|| eval.expr(condition))) != Some(false))
    }
}

/// The items of a list; `None` unless all can be keys.
pub(super) fn known_items(list: &Node) -> Option<Vec<Node>> {
    let array = list.as_array().filter(|array| array.more == More::No)?;
    let are_keys = array.items.iter().all(|item| collection::key(item).is_some());
    are_keys.then(|| array.items.clone())
}

/// Returns `true` if a value is one of some values.
pub(super) fn contains(values: &[Node], value: &Node) -> bool {
    let is_null = |node: &Node| matches!(node.kind, NodeKind::Null);
    let key = collection::key(value);
    values
        .iter()
        .any(|known| is_null(known) && is_null(value) || key.is_some() && collection::key(known) == key)
}

fn least_common_multiple(one: usize, other: usize) -> usize {
    let (mut divisor, mut rest) = (one, other);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    one / divisor * other
}
