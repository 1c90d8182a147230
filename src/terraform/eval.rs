//! Expressions to values. What is not understood is unknown, never an error.

use smol_str::{SmolStr, format_smolstr};

use crate::node::{Array, Dialect, Entry, Kind, More, Node, Object, Unknown};
use crate::span::Span;
use crate::syntax::hcl::{BinaryOperator, Expr, ExprKind, Item, Step, UnaryOperator};
use crate::terraform::{Module, not_evaluated};

impl Module<'_> {
    /// The value of an expression.
    pub(super) fn expr(&self, expr: &Expr) -> Node {
        let at = expr.at;
        match &expr.kind {
            ExprKind::Null => Node::new(Kind::Null, at),
            ExprKind::Bool(value) => Node::new(Kind::Bool(*value), at),
            ExprKind::Number(text) => Node::new(Kind::Number(text.clone()), at),
            ExprKind::String(text) => Node::string(text.clone(), at),
            ExprKind::Template(parts) => self.template(parts, at),
            ExprKind::Array(items) => Node::array(items.iter().map(|item| self.expr(item)).collect(), at),
            ExprKind::Object(items) => self.object(items, at),
            ExprKind::Variable(name) => self.reference(name, &[], at),
            ExprKind::Traversal(base, steps) => self.traversal(base, steps, at),
            ExprKind::Call(call) => self.call(call, at),
            ExprKind::Parens(inner) => self.expr(inner),
            ExprKind::Unary(operator, inner) => self.unary(*operator, inner, at),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, at),
            ExprKind::Conditional(branches) => self.conditional(branches, at),
            ExprKind::For(_) | ExprKind::Unparsed => self.unknown(at),
        }
    }

    /// A value that is not evaluated.
    pub(super) fn unknown(&self, at: Span) -> Node {
        not_evaluated(self.sources, at)
    }

    fn object(&self, items: &[Item], at: Span) -> Node {
        let mut object = Object::default();
        for item in items {
            match self.expr(&item.key).as_str() {
                Some(key) => object.entries.push(Entry::new(key, item.key.at, self.expr(&item.value))),
                None => object.more = More::Maybe,
            }
        }
        Node::new(Kind::Object(object.into()), at)
    }

    fn traversal(&self, base: &Expr, steps: &[Step], at: Span) -> Node {
        match &base.kind {
            ExprKind::Variable(name) => self.reference(name, steps, at),
            _ => self.steps(self.expr(base), steps, at),
        }
    }

    /// A name that is declared somewhere, with the steps behind it.
    fn reference(&self, name: &str, steps: &[Step], at: Span) -> Node {
        match (name, steps) {
            ("var", [Step::Attribute(name, _), rest @ ..]) => self.steps(self.variable(name, at), rest, at),
            ("local", [Step::Attribute(name, _), rest @ ..]) => self.steps(self.local(name, at), rest, at),
            ("path", [Step::Attribute(name, _)]) if name == "module" || name == "root" => {
                Node::string(".", at)
            }
            ("data", [Step::Attribute(kind, _), Step::Attribute(name, _), rest @ ..]) => {
                self.attribute(&format_smolstr!("data.{kind}.{name}"), rest, at)
            }
            ("module" | "each" | "count" | "self" | "terraform" | "path", _) => {
                Node::unknown(Unknown::Reference(written(name, steps)), at)
            }
            (kind, [Step::Attribute(name, _), rest @ ..]) => {
                self.attribute(&format_smolstr!("{kind}.{name}"), rest, at)
            }
            _ => self.unknown(at),
        }
    }

    /// An attribute of a resource: what the configuration says, or else unknown under the resource's address.
    fn attribute(&self, address: &SmolStr, steps: &[Step], at: Span) -> Node {
        let (steps, many) = match steps {
            [Step::Index(_), rest @ ..] => (rest, false),
            [Step::Splat | Step::AttributeSplat, rest @ ..] => (rest, true),
            steps => (steps, false),
        };
        let [Step::Attribute(name, _), rest @ ..] = steps else {
            return Node::unknown(Unknown::Reference(written(address, steps)), at);
        };
        let configured = self.argument(address, name, at).filter(|node| !node.is_missing());
        let value = match configured {
            Some(node) => self.steps(node, rest, at),
            None => Node::unknown(outside(address, steps), at),
        };
        match many {
            true => list_of_unknown_length(value, at),
            false => value,
        }
    }

    /// What stands behind a value: `.name`, `[0]`.
    pub(super) fn steps(&self, value: Node, steps: &[Step], at: Span) -> Node {
        steps.iter().fold(value, |value, step| self.step(&value, step, at))
    }

    fn step(&self, value: &Node, step: &Step, at: Span) -> Node {
        match (&value.kind, step) {
            (Kind::Unknown(why), step) => Node::unknown(further(why, step), at),
            (Kind::Object(_), Step::Attribute(name, _)) => self.member(value, name, at),
            (Kind::Object(_), Step::Index(index)) => match self.expr(index).as_str() {
                Some(key) => self.member(value, key, at),
                None => self.unknown(at),
            },
            (Kind::Array(array), Step::Index(index)) => self.item(array, &self.expr(index), at),
            _ => self.unknown(at),
        }
    }

    fn member(&self, value: &Node, name: &str, at: Span) -> Node {
        let found = value.get(name).cloned();
        found.map_or_else(|| self.unknown(at), |member| member.used_at(at))
    }

    pub(super) fn item(&self, array: &Array, index: &Node, at: Span) -> Node {
        let Kind::Number(text) = &index.kind else { return self.unknown(at) };
        let item = text.parse::<usize>().ok().and_then(|index| array.items.get(index));
        match (item, array.more) {
            (Some(item), _) => item.clone().used_at(at),
            (None, _) => self.unknown(at),
        }
    }

    fn unary(&self, operator: UnaryOperator, inner: &Expr, at: Span) -> Node {
        match (operator, self.expr(inner).kind) {
            (UnaryOperator::Not, Kind::Bool(value)) => Node::new(Kind::Bool(!value), at),
            (UnaryOperator::Negate, Kind::Number(text)) => {
                Node::new(Kind::Number(format_smolstr!("-{text}")), at)
            }
            _ => self.unknown(at),
        }
    }

    fn binary(&self, operator: BinaryOperator, left: &Expr, right: &Expr, at: Span) -> Node {
        let (left, right) = (self.expr(left), self.expr(right));
        let known = match operator {
            BinaryOperator::Equal => equal(&left, &right),
            BinaryOperator::NotEqual => equal(&left, &right).map(|equal| !equal),
            BinaryOperator::And => both(&left, &right),
            BinaryOperator::Or => either(&left, &right),
            _ => None,
        };
        known.map_or_else(|| self.unknown(at), |value| Node::new(Kind::Bool(value), at))
    }

    fn conditional(&self, branches: &[Expr; 3], at: Span) -> Node {
        let [test, yes, no] = branches;
        match truth(&self.expr(test)) {
            Some(true) => self.expr(yes),
            Some(false) => self.expr(no),
            None => self.unknown(at),
        }
    }
}

/// A resource's attribute that only the provider knows; further steps belong to its name.
fn outside(address: &SmolStr, steps: &[Step]) -> Unknown {
    let attribute = written("", steps);
    Unknown::Attribute { address: address.clone(), attribute: attribute.trim_start_matches('.').into() }
}

/// The name of a reference with the steps behind it, as far as they are names.
fn written(name: &str, steps: &[Step]) -> SmolStr {
    let mut text = name.to_owned();
    for step in steps {
        match step {
            Step::Attribute(name, _) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Splat | Step::AttributeSplat => text.push_str("[*]"),
            Step::Index(_) => {}
        }
    }
    text.into()
}

/// The name of something unknown with one step more.
fn further(why: &Unknown, step: &Step) -> Unknown {
    let steps = std::slice::from_ref(step);
    match why {
        Unknown::Attribute { address, attribute } => {
            Unknown::Attribute { address: address.clone(), attribute: written(attribute, steps) }
        }
        Unknown::Reference(name) => Unknown::Reference(written(name, steps)),
        Unknown::Placeholder(_) | Unknown::Expression(_) => why.clone(),
    }
}

/// A list of which one item is known and the length is not.
fn list_of_unknown_length(item: Node, at: Span) -> Node {
    let array = Array { items: vec![item], more: More::Maybe };
    Node::new(Kind::Array(array.into()), at)
}

/// The value as a condition.
fn truth(node: &Node) -> Option<bool> {
    match &node.kind {
        Kind::Bool(value) => Some(*value),
        _ => node.as_str()?.parse().ok(),
    }
}

fn both(left: &Node, right: &Node) -> Option<bool> {
    match (truth(left), truth(right)) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn either(left: &Node, right: &Node) -> Option<bool> {
    both(&negated(left)?, &negated(right)?).map(|neither| !neither)
}

fn negated(node: &Node) -> Option<Node> {
    match truth(node) {
        Some(value) => Some(Node::new(Kind::Bool(!value), node.at)),
        None => Some(node.clone()),
    }
}

/// Whether two values are equal, where both are plain and known.
fn equal(left: &Node, right: &Node) -> Option<bool> {
    match (&left.kind, &right.kind) {
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Bool(left), Kind::Bool(right)) => Some(left == right),
        (Kind::Number(left), Kind::Number(right)) => {
            Some(left.parse::<f64>().ok()? == right.parse::<f64>().ok()?)
        }
        (Kind::Null, Kind::Bool(_) | Kind::Number(_) | Kind::String(_))
        | (Kind::Bool(_) | Kind::Number(_) | Kind::String(_), Kind::Null) => Some(false),
        _ => Some(left.as_str()? == right.as_str()?),
    }
}

/// An object's keys are written as Terraform names them.
pub(super) fn in_terraform(entries: Vec<Entry>, more: More, at: Span) -> Node {
    let object = Object { entries, more, dialect: Dialect::Terraform };
    Node::new(Kind::Object(object.into()), at)
}
