//! The values that a module declares: variables, locals, and outputs.

use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use crate::source::Span;
use crate::syntax::hcl::{Attribute, Block, Expr, ExprKind};
use crate::terraform::module::{Defaults, Instance, ModuleId, Name};
use crate::terraform::{Configuration, conversion};
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

impl<'d> Configuration<'d> {
    /// Evaluates `var.<name>` in a module: the value set by the caller or a `.tfvars` file, or the default.
    pub(super) fn variable(&self, id: ModuleId, name: &SmolStr, at: Span) -> Node {
        let module = &self.modules[id];
        let unknown = || {
            let value = Node::unknown(Unknown::Reference(format_smolstr!("var.{name}")), at);
            if self.is_sensitive(id, name) { value.as_secret() } else { value }
        };
        let given = module.caller.as_ref().and_then(|caller| {
            let argument = caller.block.body.attribute(name)?;
            Some((self.eval(caller.module, &caller.instance), &argument.value))
        });
        let nobody = Instance::default();
        let from_file = || module.given.get(name.as_str()).map(|expr| (self.eval(id, &nobody), *expr));
        if let Some((eval, expr)) = given.or_else(from_file) {
            let variable = Name::Variable(name.clone());
            let value = self.once(id, variable, at, || self.declared_variable(id, name, eval.expr(expr)));
            // A variable that is set to `null` is `null`, unless it is declared with `nullable = false`.
            if !matches!(value.kind, NodeKind::Null) || self.is_nullable(id, name) {
                return value;
            }
        }
        match (self.default(id, name), self.counts(id, name)) {
            (Some(default), Defaults::Count) => {
                let value = || self.eval(id, &nobody).expr(default);
                let default = Name::Default(name.clone());
                let value = self.once(id, default, at, || self.declared_variable(id, name, value()));
                match module.caller {
                    None => to_be_set(value).unwrap_or_else(unknown),
                    Some(_) => value,
                }
            }
            _ => unknown(),
        }
    }

    /// The value of a variable, in its type.
    fn declared_variable(&self, id: ModuleId, name: &str, value: Node) -> Node {
        let value = self.typed(id, name, value);
        self.declared_value(id, self.modules[id].directory.variable(name), name, value)
    }

    /// Converts a value to the type of a variable.
    fn typed(&self, id: ModuleId, name: &str, value: Node) -> Node {
        let declared =
            self.modules[id].directory.variable(name).and_then(|block| block.body.attribute("type"));
        match declared {
            Some(kind) => {
                let nobody = Instance::default();
                let eval = self.eval(id, &nobody);
                let value = match &self.modules[id].caller {
                    None => conversion::decoded(value, &kind.value),
                    Some(_) => value,
                };
                // The type can add any number of members.
                eval.limited(conversion::converted(&|expr| eval.expr(expr), value, &kind.value))
            }
            None => value,
        }
    }

    /// Returns `true` if a variable is declared as sensitive or ephemeral.
    fn is_sensitive(&self, id: ModuleId, name: &str) -> bool {
        let nobody = Instance::default();
        let eval = self.eval(id, &nobody);
        self.modules[id].directory.variable(name).is_some_and(|block| eval.is_sensitive(block))
    }

    /// Returns `true` if a variable can be `null`, which is the default.
    fn is_nullable(&self, id: ModuleId, name: &str) -> bool {
        let block = self.modules[id].directory.variable(name);
        let declared = block.and_then(|block| block.body.attribute("nullable"));
        declared.is_none_or(|declared| declared.value.kind != ExprKind::Bool(false))
    }

    fn default(&self, id: ModuleId, name: &str) -> Option<&'d Expr> {
        let block = self.modules[id].directory.variable(name)?;
        block.body.attribute("default").map(|default| &default.value)
    }

    /// Whether the default of a variable is its value. In a model, `certain = true` marks a default that no version changes,
    /// and an empty default says that nothing is given.
    fn counts(&self, id: ModuleId, name: &str) -> Defaults {
        let module = &self.modules[id];
        let block = module.directory.variable(name).filter(|_| module.directory.is_model());
        let is_certain = |block: &Block| {
            let default = block.body.attribute("default");
            let is_empty = default.is_some_and(|default| match &default.value.kind {
                ExprKind::Null => true,
                ExprKind::Array(items) => items.is_empty(),
                ExprKind::Object(items) => items.is_empty(),
                _ => false,
            });
            is_empty || block.body.attribute("certain").is_some()
        };
        if block.is_some_and(is_certain) { Defaults::Count } else { module.defaults }
    }

    /// Evaluates `local.<name>` in a module.
    pub(super) fn local(&self, id: ModuleId, name: &SmolStr, at: Span) -> Node {
        let local = Name::Local(name.clone());
        let nobody = Instance::default();
        let eval = self.eval(id, &nobody);
        match self.modules[id].directory.local(name) {
            Some(expr) => self.once(id, local, at, || eval.named(name, eval.expr(expr))),
            None => Node::unknown(Unknown::Reference(local.to_smolstr()), at),
        }
    }

    /// The locals of the root module, as an object.
    pub fn locals(&self, at: Span) -> Node {
        let blocks = self.modules[ModuleId::ROOT].directory.blocks().filter(|block| block.kind == "locals");
        let locals = blocks.flat_map(|block| &block.body.attributes);
        let entry = |local: &Attribute| {
            Entry::new(local.name.clone(), local.name_at, self.local(ModuleId::ROOT, &local.name, at))
        };
        Node::object(locals.map(entry).collect(), at)
    }

    /// Evaluates an output of a module.
    pub(super) fn output(&self, id: ModuleId, name: &SmolStr, at: Span) -> Option<Node> {
        let block = self.modules[id].directory.output(name)?;
        let expr = &block.body.attribute("value")?.value;
        let value = || self.eval(id, &Instance::default()).expr(expr);
        let value = || self.declared_value(id, Some(block), name, value());
        Some(self.once(id, Name::Output(name.clone()), at, value))
    }

    /// All outputs of a module, as an object. A model can lack some.
    pub fn outputs(&self, id: ModuleId, at: Span) -> Node {
        let directory = self.modules[id].directory;
        let entry = |name: &SmolStr| Some(Entry::new(name.clone(), at, self.output(id, name, at)?));
        let entries = directory.outputs().into_iter().filter_map(entry).collect();
        let more = if directory.is_model() { More::Maybe } else { More::No };
        Node::new(NodeKind::Object(Object { entries, more, ..Object::default() }.into()), at)
    }
}

/// The default of a root module variable. An empty default is usually overridden by the environment or the command
/// line, which are not visible here, so it is unknown or open.
fn to_be_set(value: Node) -> Option<Node> {
    let kind = match &value.kind {
        NodeKind::Null => return None,
        NodeKind::String(text) if text.is_empty() => return None,
        NodeKind::Array(array) if array.items.is_empty() => {
            NodeKind::Array(Array { more: More::Maybe, ..Array::default() }.into())
        }
        NodeKind::Object(object) if object.entries.is_empty() => {
            NodeKind::Object(Object { more: More::Maybe, ..Object::clone(object) }.into())
        }
        _ => return Some(value),
    };
    Some(Node { kind, ..value })
}
