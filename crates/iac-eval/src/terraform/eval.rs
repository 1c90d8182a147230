//! Expressions to values. What is not understood is unknown, never an error.

use smol_str::SmolStr;

use crate::address::ResourceName;
use crate::source::Span;
use crate::syntax::hcl::{BinaryOperator, Expr, ExprKind, Item, Part, Step};
use crate::terraform::budget::READS_PER_UNIT;
use crate::terraform::module::{Instance, Module, ModuleId, Name};
use crate::terraform::{Configuration, collection, conversion, expand, not_evaluated, operator, refusal};
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

/// The data source that reads the outputs of another root module.
const REMOTE_STATE: &str = "terraform_remote_state";

/// Where an expression stands: in a module, in an instance of a block, within names that are bound around it.
#[derive(Clone, Copy)]
pub(super) struct Eval<'c, 'd> {
    pub configuration: &'c Configuration<'d>,
    pub id: ModuleId,
    pub module: &'c Module<'d>,
    pub instance: &'c Instance,
    pub names: Option<&'c Names<'c>>,
}

/// A name that is bound around an expression: by `for`, by a `dynamic` block, by `templatefile`.
pub(super) struct Names<'c> {
    pub name: &'c str,
    pub value: &'c Node,
    pub around: Option<&'c Names<'c>>,
}

impl Names<'_> {
    fn find(&self, name: &str) -> Option<&Node> {
        if self.name == name { Some(self.value) } else { self.around?.find(name) }
    }
}

impl<'d> Eval<'_, 'd> {
    /// The value of an expression.
    pub(super) fn expr(self, expr: &Expr) -> Node {
        let at = expr.at;
        if self.spend(1).is_none() {
            return self.too_much(at);
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
            ExprKind::Template(parts) => self.bounded(self.template(parts, at)),
            ExprKind::Array(items) => self.bounded(self.array(items, at)),
            ExprKind::Object(items) => self.bounded(self.object(items, at)),
            ExprKind::Variable(name) => self.reference(name, &[], at),
            ExprKind::Traversal(base, steps) => self.traversal(base, steps, at),
            ExprKind::Call(call) => self.bounded(self.call(call, at)),
            ExprKind::Parens(inner) => self.expr(inner),
            ExprKind::Unary(operator, inner) => {
                operator::unary(*operator, &self.expr(inner), at).unwrap_or_else(|| self.unknown(at))
            }
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, at),
            ExprKind::Conditional(branches) => self.conditional(branches, at),
            ExprKind::For(all) => self.bounded(collection::for_expr(self, all, at)),
            ExprKind::Unparsed => self.unknown(at),
        }
    }

    fn binary(self, operator: BinaryOperator, left: &Expr, right: &Expr, at: Span) -> Node {
        let left = self.expr(left);
        let decided = match operator {
            BinaryOperator::And => operator::truth(&left) == Some(false),
            BinaryOperator::Or => operator::truth(&left) == Some(true),
            _ => false,
        };
        // Terraform 1.12 and later do not look at the right side then.
        let right = if decided { self.quietly(|| self.expr(right)) } else { self.expr(right) };
        if operator == BinaryOperator::Divide
            && operator::number(&right) == Some(0.0)
            && operator::number(&left).is_some()
        {
            return self.refuse("a division by zero", at);
        }
        let refused = [&left, &right].into_iter().find(|side| refusal::refused(side).is_some());
        operator::binary(operator, &left, &right, at)
            .or_else(|| refused.cloned())
            .unwrap_or_else(|| self.unknown(at))
    }

    /// A list. `["${var.list}"]` is the list itself, as it was before Terraform 0.12: nobody writes it for another.
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

    /// A value that is not evaluated.
    pub(super) fn unknown(self, at: Span) -> Node {
        not_evaluated(self.configuration.sources, at)
    }

    fn object(self, items: &[Item], at: Span) -> Node {
        let mut object = Object { entries: Vec::with_capacity(items.len()), ..Object::default() };
        for item in items {
            match collection::key(&self.expr(&item.key)) {
                Some(key) => object.entries.push(Entry::new(key, item.key.at, self.expr(&item.value))),
                None => object.more = More::Maybe,
            }
        }
        Node::new(NodeKind::Object(object.into()), at)
    }

    fn traversal(self, base: &Expr, steps: &[Step], at: Span) -> Node {
        match &base.kind {
            ExprKind::Variable(name) => self.reference(name, steps, at),
            _ => self.steps(self.expr(base), steps, at),
        }
    }

    /// A name that is declared somewhere, with the steps behind it.
    fn reference(self, name: &SmolStr, steps: &[Step], at: Span) -> Node {
        if let Some(bound) = self.names.and_then(|names| names.find(name)) {
            return self.steps(bound.clone().used_at(at), steps, at);
        }
        let configuration = self.configuration;
        match (name.as_str(), steps) {
            ("var", [Step::Attribute(name, _), rest @ ..]) => {
                self.steps(configuration.variable(self.id, name, at), rest, at)
            }
            ("local", [Step::Attribute(name, _), rest @ ..]) => {
                self.steps(configuration.local(self.id, name, at), rest, at)
            }
            ("path", [Step::Attribute(name, _)]) if name == "module" => {
                Node::string(self.module.relative.clone(), at)
            }
            ("path", [Step::Attribute(name, _)]) if name == "root" => Node::string(".", at),
            ("each" | "count", [Step::Attribute(member, _), rest @ ..]) => {
                match self.of_instance(name, member) {
                    Some(value) => self.steps(value.clone().used_at(at), rest, at),
                    None => Node::unknown(Unknown::Reference(self.written(name, steps)), at),
                }
            }
            ("module", [Step::Attribute(name, _), rest @ ..]) => self.output(name, rest, at),
            ("data", [Step::Attribute(kind, _), Step::Attribute(name, _), rest @ ..]) => {
                self.attribute(&ResourceName::data(kind.clone(), name.clone()), rest, at)
            }
            ("each" | "count" | "self" | "terraform" | "path", _) => {
                Node::unknown(Unknown::Reference(self.written(name, steps)), at)
            }
            (_, [Step::Attribute(resource, _), rest @ ..]) => {
                self.attribute(&ResourceName::managed(name.clone(), resource.clone()), rest, at)
            }
            _ => self.unknown(at),
        }
    }

    fn of_instance(&self, name: &str, member: &str) -> Option<&Node> {
        match (name, member) {
            ("each", "key") => self.instance.key.as_ref(),
            ("each", "value") => self.instance.value.as_ref(),
            ("count", "index") => self.instance.index.as_ref(),
            _ => None,
        }
    }

    /// The instance that an index names; of instances that are not known, the one that stands for all.
    pub(super) fn chosen<'i>(self, instances: &'i [Instance], key: &Expr) -> Option<&'i Instance> {
        let wanted = collection::key(&self.expr(key))?;
        let is_wanted = |instance: &&Instance| {
            let key = instance.key.as_ref().or(instance.index.as_ref());
            key.is_none_or(|key| collection::key(key).as_ref() == Some(&wanted))
        };
        instances.iter().find(is_wanted)
    }

    /// An attribute of a resource: what the configuration says, or else unknown under the resource's address.
    fn attribute(self, name: &ResourceName, steps: &[Step], at: Span) -> Node {
        if name.kind == REMOTE_STATE
            && let [Step::Attribute(outputs, _), rest @ ..] = steps
        {
            // Before Terraform 0.12 the outputs were attributes of the data source itself.
            let (output, rest) = match rest {
                [Step::Attribute(output, _), rest @ ..] if outputs == "outputs" => (output, rest),
                rest => (outputs, rest),
            };
            return match self.remote_once(name, output, at) {
                Some(value) => self.steps(value, rest, at),
                None => Node::unknown(self.outside(name, None, steps), at),
            };
        }
        let Some(block) = self.module.directory.resource(name) else {
            return Node::unknown(self.outside(name, None, after_key(steps)), at);
        };
        match (expand::known(self.configuration, self.id, block), steps) {
            (Some(instances), [splat @ (Step::Splat | Step::AttributeSplat), rest @ ..]) => {
                let (inner, rest) = within(splat, rest);
                let items = instances.iter().map(|instance| self.of_resource(name, instance, inner, at));
                self.steps(Node::array(items.collect(), at), rest, at)
            }
            (None, [splat @ (Step::Splat | Step::AttributeSplat), rest @ ..]) => {
                let (inner, rest) = within(splat, rest);
                let item = self.of_resource(name, &Instance::default(), inner, at);
                match rest {
                    // Of a list of which nobody knows how long it is, the item that is may stand for any.
                    [Step::Index(_), rest @ ..] => self.steps(item, rest, at),
                    rest => {
                        let list = Array { items: vec![item], more: More::Maybe };
                        self.steps(Node::new(NodeKind::Array(list.into()), at), rest, at)
                    }
                }
            }
            (Some(instances), [Step::Index(key), rest @ ..]) => match self.chosen(&instances, key) {
                Some(instance) => self.of_resource(name, instance, rest, at),
                None => Node::unknown(self.outside(name, None, rest), at),
            },
            (_, steps) => self.of_resource(name, &Instance::default(), after_key(steps), at),
        }
    }

    fn of_resource(self, resource: &ResourceName, instance: &Instance, steps: &[Step], at: Span) -> Node {
        let key = expand::key(instance);
        let [Step::Attribute(name, _), rest @ ..] = steps else {
            return Node::unknown(self.outside(resource, key, steps), at);
        };
        let eval = self.configuration.eval(self.id, instance);
        let unknown = || Node::unknown(self.outside(resource, key.clone(), &steps[..1]), at);
        let argument = self.module.directory.resource(resource).and_then(|block| block.body.attribute(name));
        let computed = || eval.computed(resource, name, at);
        let configured = || argument.map(|argument| eval.expr(&argument.value));
        let is_evaluated = argument.is_some() || eval.is_computed(resource, name);
        let value = is_evaluated.then(|| {
            let name = Name::Attribute(resource.clone(), key.clone(), name.clone());
            let value = || computed().or_else(configured).unwrap_or_else(unknown);
            self.configuration.once(self.id, name, at, value)
        });
        match value.filter(|node| !node.is_missing()) {
            Some(node) => self.steps(node, rest, at),
            None => Node::unknown(self.outside(resource, key, steps), at),
        }
    }

    /// What stands behind a value: `.name`, `[0]`, `[*].name`.
    pub(super) fn steps(self, value: Node, steps: &[Step], at: Span) -> Node {
        match steps {
            [] => value,
            [splat @ (Step::Splat | Step::AttributeSplat), rest @ ..] => {
                let (inner, rest) = within(splat, rest);
                self.steps(collection::splat(self, &value, inner, at), rest, at)
            }
            [step, rest @ ..] => self.steps(self.step(&value, step, at), rest, at),
        }
    }

    fn step(self, value: &Node, step: &Step, at: Span) -> Node {
        match (&value.kind, step) {
            (NodeKind::Unknown(Unknown::Refused(_)), _) => value.clone(),
            (NodeKind::Unknown(why), step) => Node::unknown(self.further(why, step), at),
            (NodeKind::Object(_), Step::Attribute(name, _)) => self.member(value, name, at),
            (_, Step::Index(index)) => match collection::key(&self.expr(index)) {
                Some(key) => self.item(value, &key, at),
                None => self.unknown(at),
            },
            (NodeKind::Array(_), Step::Attribute(..)) => self.unknown(at),
            (_, Step::Attribute(..)) => self.fails("the value has no attributes", at),
            _ => self.unknown(at),
        }
    }

    fn member(self, value: &Node, name: &str, at: Span) -> Node {
        let many = value.as_object().map_or(0, |object| object.entries.len());
        if self.spend(many / READS_PER_UNIT).is_none() {
            return self.too_much(at);
        }
        match (value.get(name), value.as_object()) {
            (Some(member), _) => member.clone().used_at(at),
            (None, Some(object)) if object.more == More::No => {
                self.fails("there is no member of that name", at)
            }
            (None, None) if matches!(value.kind, NodeKind::Null) => self.fails("null has no members", at),
            (None, _) => self.unknown(at),
        }
    }

    /// The item of a list, or the member of an object, of that key.
    pub(super) fn item(self, value: &Node, key: &str, at: Span) -> Node {
        let NodeKind::Array(array) = &value.kind else { return self.member(value, key, at) };
        let item = key.parse::<usize>().ok().and_then(|index| array.items.get(index));
        match (item, array.more) {
            (Some(item), _) => item.clone().used_at(at),
            (None, More::No) => self.fails("the list has no such item", at),
            (None, More::Maybe) => self.unknown(at),
        }
    }

    fn conditional(self, branches: &[Expr; 3], at: Span) -> Node {
        let [test, yes, no] = branches;
        let test = operator::truth(&self.expr(test));
        let (yes, no) = match test {
            Some(true) => (self.expr(yes), self.quietly(|| self.expr(no))),
            Some(false) => (self.quietly(|| self.expr(yes)), self.expr(no)),
            None => (self.expr(yes), self.expr(no)),
        };
        let (yes, no) = conversion::of_one(yes, no);
        match test {
            Some(true) => yes,
            Some(false) => no,
            None if operator::equal(&yes, &no) == Some(true) => yes,
            None => self.unknown(at),
        }
    }
}

/// The steps that a splat takes into each item, and those behind the list it makes: `.*` takes only attributes.
fn within<'s>(splat: &Step, rest: &'s [Step]) -> (&'s [Step], &'s [Step]) {
    let many = match splat {
        Step::AttributeSplat => rest.iter().take_while(|step| matches!(step, Step::Attribute(..))).count(),
        _ => rest.len(),
    };
    rest.split_at(many)
}

/// Steps without an instance key at their start.
fn after_key(steps: &[Step]) -> &[Step] {
    match steps {
        [Step::Index(_), rest @ ..] => rest,
        steps => steps,
    }
}
