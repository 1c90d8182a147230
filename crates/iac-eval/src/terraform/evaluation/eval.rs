//! Evaluates expressions. An expression that is not supported is unknown, never an error.

use crate::source::Span;
use crate::syntax::hcl::{BinaryOperator, Expr, ExprKind, Item, Part, Step};
use crate::terraform::budget::{self, MAX_VALUE_COST, READS_PER_UNIT};
use crate::terraform::evaluation::once::not_evaluated;
use crate::terraform::evaluation::{common, for_expr};
use crate::terraform::functions::is_attribute;
use crate::terraform::module::{Instance, Module, ModuleId};
use crate::terraform::rejection::{NO_ELEMENT, find_rejected, rejected};
use crate::terraform::{Configuration, collection, conversion, functions, operator};
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

/// The scope of an expression: its module, the instance of its block, and the names bound around it.
#[derive(Clone, Copy)]
pub(super) struct Eval<'c, 'd> {
    pub configuration: &'c Configuration<'d>,
    pub id: ModuleId,
    pub module: &'c Module<'d>,
    pub instance: &'c Instance,
    pub bindings: Option<&'c Bindings<'c>>,
    pub role: Role,
    pub need: Need,
}

/// What the value of an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is a value.
    Value,
    /// It decides how many instances of a block there are.
    Expansion,
}

/// Whether Terraform fails if an expression does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// It does.
    Certain,
    /// Only if an undecided conditional selects this branch.
    OfBranch,
    /// It does not: the expression is an argument of `try` or `can`.
    Optional,
}

/// A name bound around an expression by `for`, by a `dynamic` block, or by `templatefile`.
pub(super) struct Bindings<'c> {
    pub name: &'c str,
    pub value: &'c Node,
    pub around: Option<&'c Bindings<'c>>,
}

impl Bindings<'_> {
    pub(super) fn find(&self, name: &str) -> Option<&Node> {
        if self.name == name { Some(self.value) } else { self.around?.find(name) }
    }
}

impl Eval<'_, '_> {
    /// Evaluates an expression.
    pub(super) fn expr(self, expr: &Expr) -> Node {
        let at = expr.at;
        if self.spend(1).is_none() {
            return self.over_budget(at);
        }
        let value = self.configuration.deeper(self.id, at, || self.evaluated(expr));
        value.unwrap_or_else(|| self.unknown(at))
    }

    fn evaluated(self, expr: &Expr) -> Node {
        let at = expr.at;
        match &expr.kind {
            ExprKind::Null => Node::new(NodeKind::Null, at),
            ExprKind::Bool(value) => Node::new(NodeKind::Bool(*value), at),
            ExprKind::Number(text) => Node::new(NodeKind::Number(text.clone()), at),
            ExprKind::String(text) => Node::string(text.clone(), at),
            ExprKind::Template(parts) => self.limited(self.template(parts, at)),
            ExprKind::Array(items) => self.limited(self.array(items, at)),
            ExprKind::Object(items) => self.limited(self.object(items, at)),
            ExprKind::Variable(name) => self.reference(name, &[], at),
            ExprKind::Traversal(base, steps) => self.traversal(base, steps, at),
            ExprKind::Call(call) => self.limited(self.call(call, at)),
            ExprKind::Parens(inner) => self.expr(inner),
            ExprKind::Unary(operator, inner) => {
                let inner = self.expr(inner);
                let value = operator::unary(*operator, &inner, at).map(|value| self.derived([&inner], value));
                value.unwrap_or_else(|| self.unknown(at))
            }
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, at),
            ExprKind::Conditional(branches) => self.conditional(branches, at),
            ExprKind::For(all) => self.limited(for_expr::for_expr(self, all, at)),
            ExprKind::Unparsed => self.unknown(at),
            ExprKind::Value(value) => self.configuration.given(value),
        }
    }

    fn binary(self, operator: BinaryOperator, left: &Expr, right: &Expr, at: Span) -> Node {
        let written = [left, right];
        let left = self.expr(left);
        let decided = match operator {
            BinaryOperator::And => operator::truth(&left) == Some(false),
            BinaryOperator::Or => operator::truth(&left) == Some(true),
            _ => false,
        };
        // Terraform 1.12 and later do not evaluate the right side in this case.
        let right = if decided { self.quietly(|| self.expr(right)) } else { self.expr(right) };
        if operator == BinaryOperator::Divide
            && operator::number(&right) == Some(0.0)
            && operator::number(&left).is_some()
        {
            return self.reject("division by zero", at);
        }
        let rejected = [&left, &right].into_iter().find(|side| find_rejected(side).is_some());
        operator::binary(operator, &left, &right, at)
            .or_else(|| self.compared_as_text(operator, [&left, &right], at))
            .or_else(|| self.compared_with_others(operator, [&left, &right], at))
            .or_else(|| self.compared_with_null(operator, [(written[0], &left), (written[1], &right)], at))
            .map(|value| self.derived([&left, &right], value))
            .or_else(|| rejected.cloned())
            .unwrap_or_else(|| self.unknown(at))
    }

    /// Compares strings of which one encodes a value: `jsonencode(var.x) == "{}"`.
    fn compared_as_text(self, operator: BinaryOperator, sides: [&Node; 2], at: Span) -> Option<Node> {
        let is_equal = match operator {
            BinaryOperator::Equal => true,
            BinaryOperator::NotEqual => false,
            _ => return None,
        };
        let is_text = |side: &&Node| matches!(side.kind, NodeKind::String(_) | NodeKind::Text(_));
        if !sides.iter().all(is_text) {
            return None;
        }
        self.spend(sides.iter().map(|side| budget::cost(side)).sum())?;
        let [left, right] = [functions::string(sides[0])?, functions::string(sides[1])?];
        Some(Node::new(NodeKind::Bool((left == right) == is_equal), at))
    }

    /// Evaluates a list. `["${var.list}"]` is the list itself, as before Terraform 0.12; the syntax has no other
    /// practical use.
    fn array(self, items: &[Expr], at: Span) -> Node {
        let mut array = Array { items: Vec::with_capacity(items.len()), ..Array::default() };
        for item in items {
            let value = self.expr(item);
            let is_wrapped = matches!(&item.kind, ExprKind::Template(parts) if matches!(parts.as_slice(), [Part::Interpolation(..)]));
            match value.as_array() {
                Some(inner) if is_wrapped => {
                    array.items.extend(inner.items.iter().cloned());
                    if inner.more == More::Maybe {
                        array.more = More::Maybe;
                    }
                }
                _ => array.items.push(value),
            }
        }
        Node::new(NodeKind::Array(array.into()), at)
    }

    /// Spends a cost from the budget of the root module; `None` if less is left.
    pub(super) fn spend(self, cost: usize) -> Option<()> {
        self.configuration.budget.spend(cost)
    }

    /// Returns a new value, or an unknown one if it is too large or the budget is exhausted.
    pub(super) fn limited(self, made: Node) -> Node {
        let cost = budget::cost(&made);
        match (cost < MAX_VALUE_COST, self.spend(cost)) {
            (true, Some(())) => made,
            (false, _) => self.too_large(made.at),
            (true, None) => self.over_budget(made.at),
        }
    }

    /// The value of an expression that is not evaluated.
    pub(super) fn unknown(self, at: Span) -> Node {
        not_evaluated(self.configuration.sources, at)
    }

    fn object(self, items: &[Item], at: Span) -> Node {
        let mut object = Object { entries: Vec::with_capacity(items.len()), ..Object::default() };
        for item in items {
            match collection::key(&self.expr(&item.key)) {
                Some(key) => {
                    let value = self.named(&key, self.expr(&item.value));
                    object.entries.push(Entry::new(key, item.key.at, value));
                }
                None => object.more = More::Maybe,
            }
        }
        Node::new(NodeKind::Object(object.into()), at)
    }

    fn traversal(self, base: &Expr, steps: &[Step], at: Span) -> Node {
        self.assumed(match &base.kind {
            ExprKind::Variable(name) => self.reference(name, steps, at),
            _ => self.steps(self.expr(base), steps, at),
        })
    }

    /// Applies the steps of a traversal to a value: `.name`, `[0]`, `[*].name`.
    pub(super) fn steps(self, value: Node, steps: &[Step], at: Span) -> Node {
        match steps {
            [] => value,
            [splat @ (Step::Splat | Step::AttributeSplat), rest @ ..] => {
                let (inner, rest) = within(splat, rest);
                self.steps(for_expr::splat(self, &value, inner, at), rest, at)
            }
            [step, rest @ ..] => self.steps(self.step(&value, step, at), rest, at),
        }
    }

    fn step(self, value: &Node, step: &Step, at: Span) -> Node {
        match (&value.kind, step) {
            (NodeKind::Unknown(Unknown::Rejected(_)), _) => value.clone(),
            (NodeKind::Unknown(why), step) => self
                .attribute_of_whole(value, std::slice::from_ref(step), at)
                .unwrap_or_else(|| Node::unknown(self.further(why, step), at)),
            (NodeKind::Object(_), Step::Attribute(name, _)) => self.member(value, name, at),
            (_, Step::Index(index)) => self.indexed(value, &self.expr(index), at),
            (NodeKind::Array(_), Step::Attribute(..)) => self.unknown(at),
            (_, Step::Attribute(..)) => rejected("this value does not have any attributes", at),
            _ => self.unknown(at),
        }
    }

    fn indexed(self, value: &Node, index: &Node, at: Span) -> Node {
        match (collection::key(index), &value.kind) {
            (Some(key), _) => self.item(value, &key, at),
            (None, NodeKind::Object(object)) => {
                if self.is_no_key(index, object) {
                    return self.refused(at);
                }
                self.offer_keys(index, object);
                let members: Vec<&Node> = object.entries.iter().map(|entry| &entry.value).collect();
                self.one_of(value, &members, object.more, at)
            }
            (None, NodeKind::Array(array)) => {
                if self.is_no_index(index, array) {
                    return self.refused(at);
                }
                self.offer_indexes(index, array);
                let items: Vec<&Node> = array.items.iter().collect();
                self.one_of(value, &items, array.more, at)
            }
            (None, _) => self.unknown(at),
        }
    }

    /// What is known about an item or a member of a collection if the index or the key is unknown: what all have in common. Nothing if
    /// `try` replaces one that does not exist.
    pub(super) fn one_of(self, collection: &Node, all: &[&Node], more: More, at: Span) -> Node {
        let is_whole = more == More::No
            && self.need != Need::Optional
            && self.spend(budget::cost(collection) / READS_PER_UNIT).is_some();
        is_whole.then(|| common::of(all, at)).flatten().unwrap_or_else(|| self.unknown(at))
    }

    fn member(self, value: &Node, name: &str, at: Span) -> Node {
        let many = value.as_object().map_or(0, |object| object.entries.len());
        if self.spend(many / READS_PER_UNIT).is_none() {
            return self.over_budget(at);
        }
        match (value.get(name), value.as_object()) {
            (Some(member), _) => member.clone().used_at(at),
            (None, Some(object)) if object.more == More::No => {
                rejected(format!("this object does not have an attribute named `{name}`"), at)
            }
            (None, None) if matches!(value.kind, NodeKind::Null) => {
                rejected("this value is null, so it does not have any attributes", at)
            }
            (None, _) => self.unknown(at),
        }
    }

    /// The list item or object member with that key.
    pub(super) fn item(self, value: &Node, key: &str, at: Span) -> Node {
        let NodeKind::Array(array) = &value.kind else { return self.member(value, key, at) };
        let item = key.parse::<usize>().ok().and_then(|index| array.items.get(index));
        match (item, array.more, array.items.as_slice()) {
            (Some(item), More::No, _) => item.clone().used_at(at),
            (None, More::No, _) => rejected(NO_ELEMENT, at),
            // The items that may exist can be before the known ones. An only item represents all, and an attribute those that
            // another value replaces if they do not exist.
            (Some(item), More::Maybe, all) if all.len() == 1 || is_attribute(item) => {
                item.clone().used_at(at)
            }
            (_, More::Maybe, _) => self.unknown(at),
        }
    }

    fn conditional(self, branches: &[Expr; 3], at: Span) -> Node {
        let [condition, yes, no] = branches;
        let value = self.expr(condition);
        let test = operator::truth(&value).or_else(|| self.assumed_truth(&value));
        let (yes, no) = match test {
            Some(true) => (self.expr(yes), self.quietly(|| self.expr(no))),
            Some(false) => (self.quietly(|| self.expr(yes)), self.expr(no)),
            None => {
                let undecided = Eval { need: self.need.max(Need::OfBranch), ..self };
                (undecided.expr(yes), undecided.expr(no))
            }
        };
        let (yes, no) = conversion::of_one(yes, no);
        match test {
            Some(true) => yes,
            Some(false) => no,
            None if operator::equal(&yes, &no) == Some(true) => yes,
            None => {
                if ![&yes, &no].iter().all(|branch| matches!(branch.kind, NodeKind::Unknown(_))) {
                    self.offer_test(condition);
                }
                common::of(&[&yes, &no], at).unwrap_or_else(|| self.unknown(at))
            }
        }
    }
}

/// Splits the steps after a splat into those applied to each item and those applied to the resulting list: `.*` applies
/// only attributes to the items.
pub(super) fn within<'s>(splat: &Step, rest: &'s [Step]) -> (&'s [Step], &'s [Step]) {
    let many = match splat {
        Step::AttributeSplat => rest.iter().take_while(|step| matches!(step, Step::Attribute(..))).count(),
        _ => rest.len(),
    };
    rest.split_at(many)
}
