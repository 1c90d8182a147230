//! References to declared names and to attributes of resources.

use smol_str::SmolStr;

use crate::address::ResourceName;
use crate::source::Span;
use crate::syntax::hcl::{Expr, Step};
use crate::terraform::collection;
use crate::terraform::evaluation::eval::{Eval, Need, within};
use crate::terraform::evaluation::expand;
use crate::terraform::module::{Instance, Name};
use crate::terraform::rejection::{NO_ELEMENT, rejected};
use crate::value::{Array, More, Node, NodeKind, Unknown};

/// The data source that reads the outputs of another root module.
const REMOTE_STATE: &str = "terraform_remote_state";

impl Eval<'_, '_> {
    /// Evaluates a reference to a declared name, with the steps after it.
    pub(super) fn reference(self, name: &SmolStr, steps: &[Step], at: Span) -> Node {
        if let Some(value) = self.bindings.and_then(|bindings| bindings.find(name)) {
            return self.steps(value.clone().used_at(at), steps, at);
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
            (name, steps) if let Some(value) = configuration.provider.name(name, at) => {
                self.steps(value.used_at(at), steps, at)
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

    /// The instance that an index selects. If the instances are unknown, the one that represents all.
    pub(super) fn chosen<'i>(self, instances: &'i [Instance], key: &Expr) -> Option<&'i Instance> {
        let wanted = collection::key(&self.expr(key))?;
        let is_wanted = |instance: &&Instance| {
            let key = instance.key.as_ref().or(instance.index.as_ref());
            key.is_none_or(|key| collection::key(key).as_ref() == Some(&wanted))
        };
        instances.iter().find(is_wanted)
    }

    /// An attribute of a resource: the configured value, or an unknown value named after the resource's address.
    fn attribute(self, name: &ResourceName, steps: &[Step], at: Span) -> Node {
        if name.kind == REMOTE_STATE
            && let [Step::Attribute(outputs, _), rest @ ..] = steps
        {
            // Before Terraform 0.12, the outputs were attributes of the data source itself.
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
                    // In a list of unknown length, the known item can represent any item.
                    [Step::Index(_), rest @ ..] => self.steps(item, rest, at),
                    rest => {
                        let is_one =
                            ["count", "for_each"].iter().all(|name| block.body.attribute(name).is_none());
                        let more = if is_one { More::No } else { More::Maybe };
                        let list = Array { items: vec![item], more };
                        self.steps(Node::new(NodeKind::Array(list.into()), at), rest, at)
                    }
                }
            }
            (Some(instances), []) => self.all_instances(name, &instances, at),
            (Some(instances), [Step::Index(key), rest @ ..]) => match self.chosen(&instances, key) {
                Some(instance) => self.of_resource(name, instance, rest, at),
                None if collection::key(&self.expr(key)).is_some() => rejected(NO_ELEMENT, at),
                None => Node::unknown(self.outside(name, None, rest), at),
            },
            (_, steps) => {
                let value = self.of_resource(name, &Instance::default(), after_key(steps), at);
                // The instance may not exist, and then something else replaces the value.
                let is_certain = self.need != Need::Optional || !matches!(steps, [Step::Index(_), ..]);
                if is_certain || matches!(value.kind, NodeKind::Unknown(_)) {
                    value
                } else {
                    self.unknown(at)
                }
            }
        }
    }

    /// An attribute of an instance of a resource, or the whole instance if there are no steps.
    pub(super) fn of_resource(
        self,
        resource: &ResourceName,
        instance: &Instance,
        steps: &[Step],
        at: Span,
    ) -> Node {
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
            let value = || {
                let value = computed().or_else(configured).unwrap_or_else(unknown);
                let is_secret = eval.is_secret_argument(resource, name);
                if is_secret { self.configuration.secret(value) } else { eval.named(name, value) }
            };
            let name = Name::Attribute(resource.clone(), key.clone(), name.clone());
            self.configuration.once(self.id, name, at, value)
        });
        match value.filter(|node| !node.is_missing()) {
            Some(node) => self.steps(node, rest, at),
            None => Node::unknown(self.outside(resource, key, steps), at),
        }
    }
}

/// The steps after a leading instance key, if there is one.
fn after_key(steps: &[Step]) -> &[Step] {
    match steps {
        [Step::Index(_), rest @ ..] => rest,
        steps => steps,
    }
}
