//! Secrets, which are marked as Terraform marks sensitive values, and recorded so that the caller can hide them.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::{SmolStr, format_smolstr};

use crate::address::ResourceName;
use crate::syntax::SyntaxError;
use crate::syntax::hcl::{Block, Body};
use crate::terraform::budget::{self, MAX_VALUE_COST};
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::evaluation::expand;
use crate::terraform::module::{Instance, ModuleId};
use crate::terraform::{Configuration, operator};
use crate::value::{Array, Node, NodeKind, Object, Secret};

/// The maximum number of secrets that are recorded.
const MAX_SECRETS: usize = 20_000;

/// Functions whose results consist of their arguments or of parts of them, which keep their own marks. The result of any other
/// function is a secret if an argument is.
#[rustfmt::skip]
const TRANSPARENT: &[&str] = &[
    "alltrue", "anytrue", "can", "chunklist", "coalesce", "coalescelist", "compact", "concat", "contains",
    "distinct", "element", "flatten", "index", "jsondecode", "jsonencode", "keys", "length", "list",
    "lookup", "map", "matchkeys", "merge", "nonsensitive", "one", "range", "reverse", "setintersection",
    "setproduct", "setsubtract", "setunion", "slice", "sort", "templatefile", "templatestring", "tolist",
    "tomap", "toset", "transpose", "try", "values", "zipmap",
];

/// The end of the names of write-only arguments.
const WRITE_ONLY: &str = "_wo";

/// Functions that decode objects, whose keys can reveal that a member is a secret.
const DECODERS: &[&str] = &["csvdecode", "jsondecode", "yamldecode"];

/// The secrets found so far.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    found: RefCell<FxHashSet<Secret>>,
    /// Whether each name that was asked about can reveal a secret.
    names: RefCell<FxHashMap<SmolStr, bool>>,
}

impl Secrets {
    fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    fn record(&self, node: &Node) {
        let mut found = self.found.borrow_mut();
        if found.len() < MAX_SECRETS {
            node.collect_secrets(&mut *found);
        }
    }

    /// Adds the secrets of another root module.
    pub(super) fn extend(&self, other: &Secrets) {
        self.found.borrow_mut().extend(other.found.borrow().iter().cloned());
    }
}

impl Configuration<'_> {
    /// The secrets among the values that were evaluated, and among those that are declared as secrets. The resources that
    /// use them have their marks.
    ///
    /// # Errors
    /// The limit, if there are more secrets than are recorded.
    pub fn secrets(&self) -> Result<Vec<Secret>, SyntaxError> {
        self.modules.iter().for_each(|(id, _)| self.declared_secrets(id));
        let mut found: Vec<Secret> = self.secrets.found.borrow().iter().cloned().collect();
        found.sort_unstable();
        match found.first() {
            Some(first) if found.len() >= MAX_SECRETS => {
                let message = format!(
                    "there are more than {MAX_SECRETS} sensitive values; all messages and source lines are hidden"
                );
                Err(SyntaxError::limit(first.at, message))
            }
            _ => Ok(found),
        }
    }

    /// A value that was evaluated elsewhere, whose secrets are recorded.
    pub(super) fn given(&self, value: &Node) -> Node {
        if value.has_secret() {
            self.secrets.record(value);
        }
        value.clone()
    }

    /// Marks and records a secret.
    pub(super) fn secret(&self, node: Node) -> Node {
        let node = node.as_secret();
        self.secrets.record(&node);
        node
    }

    /// The value of a variable or an output, which is a secret if its block or its name says so.
    pub(super) fn declared_value(
        &self,
        id: ModuleId,
        block: Option<&Block>,
        name: &str,
        value: Node,
    ) -> Node {
        let nobody = Instance::default();
        let eval = self.eval(id, &nobody);
        match block {
            Some(block) if eval.is_sensitive(block) => self.secret(value),
            _ => eval.named(name, value),
        }
    }

    /// Records what a module declares as secret, even if nothing uses it.
    fn declared_secrets(&self, id: ModuleId) {
        let module = &self.modules[id];
        let nobody = Instance::default();
        let eval = self.eval(id, &nobody);
        for block in module.directory.blocks() {
            match (block.kind.as_str(), block.labels.as_slice()) {
                ("variable", [name]) if eval.is_sensitive(block) => {
                    let default = block.body.attribute("default").map(|default| &default.value);
                    let given = module.given.get(name.as_str()).copied();
                    default.into_iter().chain(given).for_each(|expr| drop(self.secret(eval.expr(expr))));
                }
                ("output", [_]) if eval.is_sensitive(block) => {
                    let value = block.body.attribute("value");
                    value.into_iter().for_each(|value| drop(self.secret(eval.expr(&value.value))));
                }
                ("resource" | "data" | "ephemeral", [kind, name]) => {
                    let resource = match block.kind.as_str() {
                        "data" => ResourceName::data(kind.clone(), name.clone()),
                        _ => ResourceName::managed(kind.clone(), name.clone()),
                    };
                    self.secret_arguments(id, block, &resource, &block.body);
                }
                _ => {}
            }
        }
    }

    /// Records the secret arguments of a resource and of its blocks.
    fn secret_arguments(&self, id: ModuleId, block: &Block, resource: &ResourceName, body: &Body) {
        let known = self.provider.secret_arguments(&resource.kind);
        for argument in &body.attributes {
            let may_be_secret =
                known.contains(&argument.name.as_str()) || argument.name.ends_with(WRITE_ONLY);
            let is_secret =
                |instance: &Instance| self.eval(id, instance).is_secret_argument(resource, &argument.name);
            if may_be_secret && is_secret(&Instance::default()) {
                for instance in &*expand::instances(self, id, block) {
                    self.secret(self.eval(id, instance).expr(&argument.value));
                }
            }
        }
        body.blocks.iter().for_each(|inner| self.secret_arguments(id, block, resource, &inner.body));
    }
}

impl Eval<'_, '_> {
    /// Returns `true` if a variable or an output is declared as sensitive or ephemeral.
    pub(super) fn is_sensitive(self, block: &Block) -> bool {
        let is_set = |name| {
            let declared = block.body.attribute(name);
            declared.is_some_and(|declared| operator::truth(&self.expr(&declared.value)) == Some(true))
        };
        is_set("sensitive") || is_set("ephemeral")
    }

    /// Returns `true` if an argument of a resource is write-only, or the provider's schema declares it as sensitive.
    pub(super) fn is_secret_argument(self, resource: &ResourceName, argument: &str) -> bool {
        let block = || self.module.directory.resource(resource);
        let value = |name: &str| Some(self.expr(&block()?.body.attribute(name)?.value));
        argument.ends_with(WRITE_ONLY) || self.configuration.provider.is_secret(resource, argument, &value)
    }

    /// Returns `true` if a name can reveal that its value is a secret.
    fn reveals(self, name: &str) -> bool {
        let mut names = self.configuration.secrets.names.borrow_mut();
        if let Some(reveals) = names.get(name) {
            return *reveals;
        }
        let reveals = self.configuration.provider.reveals(name);
        names.insert(name.into(), reveals);
        reveals
    }

    /// A value under a name, which is a secret if the provider says that the name reveals one.
    pub(super) fn named(self, name: &str, node: Node) -> Node {
        let holds_none = matches!(node.kind, NodeKind::Null | NodeKind::Bool(_) | NodeKind::Unknown(_));
        if holds_none || !self.reveals(name) {
            return node;
        }
        let kind = match node.kind {
            NodeKind::Array(array) => {
                let items = array.items.iter().map(|item| self.named(name, item.clone())).collect();
                NodeKind::Array(Array { items, ..Array::clone(&array) }.into())
            }
            NodeKind::Object(object) => {
                let mut object = Object::clone(&object);
                for entry in &mut object.entries {
                    let name = format_smolstr!("{name}_{}", entry.key);
                    entry.value = self.named(&name, entry.value.clone());
                }
                NodeKind::Object(object.into())
            }
            NodeKind::String(ref text) | NodeKind::Number(ref text) => {
                let is_secret = self.configuration.provider.is_secret_value(name, text);
                return if is_secret { self.configuration.secret(node) } else { node };
            }
            NodeKind::Text(ref text) if text.json().is_none() => {
                let known = text.known_texts().collect::<String>();
                let is_secret = self.configuration.provider.is_secret_value(name, &known);
                return if is_secret { self.configuration.secret(node) } else { node };
            }
            kind => kind,
        };
        Node { kind, ..node }
    }

    /// The value of a function call: a secret if it is computed from one.
    pub(super) fn computed_from(self, name: &str, args: &[Node], value: Node) -> Node {
        let value = match name {
            "sensitive" => return self.configuration.secret(value),
            "nonsensitive" => return value.as_public(),
            // A value that shares its parts can be too large to be walked through, and is then not kept.
            name if DECODERS.contains(&name) && budget::cost(&value) < MAX_VALUE_COST => self.members(value),
            _ => value,
        };
        if TRANSPARENT.contains(&name) { value } else { self.derived(args, value) }
    }

    /// A value that is computed from others: a secret if one of them is.
    pub(super) fn derived<'n>(self, from: impl IntoIterator<Item = &'n Node>, value: Node) -> Node {
        let secrets = &self.configuration.secrets;
        if secrets.is_empty() || !from.into_iter().any(Node::has_secret) {
            return value;
        }
        if budget::cost(&value) == MAX_VALUE_COST {
            return value;
        }
        if !value.has_secret() {
            return self.configuration.secret(value);
        }
        secrets.record(&value);
        value
    }

    /// A decoded value, whose members are under their names.
    fn members(self, node: Node) -> Node {
        let inner = node.with_each(|item| self.members(item.clone()));
        let NodeKind::Object(object) = &inner.kind else { return inner };
        if !object.entries.iter().any(|entry| self.reveals(&entry.key)) {
            return inner;
        }
        let mut object = Object::clone(object);
        for entry in &mut object.entries {
            entry.value = self.named(&entry.key, entry.value.clone());
        }
        Node { kind: NodeKind::Object(object.into()), ..inner }
    }
}
