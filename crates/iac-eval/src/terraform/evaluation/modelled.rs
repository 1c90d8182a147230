//! Models of published modules whose sources are not on disk. What leaves a model has no place in it.

use smol_str::{SmolStr, format_smolstr};

use crate::source::Span;
use crate::syntax::hcl::{Block, ExprKind};
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::module::ModuleId;
use crate::terraform::{Configuration, Directory, Resource};
use crate::value::{Node, NodeKind, Relocation, Unknown};

/// The text of an argument that is written as a string.
pub(super) fn literal<'b>(call: &'b Block, name: &str) -> Option<&'b str> {
    match &call.body.attribute(name)?.value.kind {
        ExprKind::String(text) => Some(text),
        _ => None,
    }
}

impl<'d> Configuration<'d> {
    /// The model of the module that a call uses.
    pub(super) fn model(&self, call: &Block) -> Option<&'d Directory> {
        let arguments: Vec<&str> =
            call.body.attributes.iter().map(|argument| argument.name.as_str()).collect();
        let model = self.provider.model(literal(call, "source")?, literal(call, "version"), &arguments)?;
        Some(self.directories.model(model))
    }

    /// Returns `true` if a value or a resource comes from a model.
    pub fn has_models(&self) -> bool {
        self.modules.iter().any(|(_, module)| module.directory.is_model())
    }

    /// The call in a file that leads to a model, by its header; `None` for a module that is not a model.
    pub(super) fn call_of_model(&self, id: ModuleId) -> Option<Span> {
        let mut module = &self.modules[id];
        while module.directory.is_model() {
            let caller = module.caller.as_ref()?;
            module = &self.modules[caller.module];
            if !module.directory.is_model() {
                return Some(caller.block.header);
            }
        }
        None
    }

    /// The name of the unknown values of a model.
    fn name_of_model(&self, id: ModuleId) -> SmolStr {
        format_smolstr!("a value of `{}`", self.modules[id].path)
    }

    /// Moves a resource of a model to the call. A model has neither the order of the resources nor all of them.
    pub(super) fn move_out_of_model(&self, id: ModuleId, resource: &mut Resource) {
        let Some(to) = self.call_of_model(id) else { return };
        let relocation = Relocation { to, name: self.name_of_model(id) };
        resource.body = relocation.value(&resource.body);
        resource.header = to;
        resource.dependencies = None;
        resource.is_conditional = true;
    }
}

impl Eval<'_, '_> {
    /// A value of another module, as the module of this scope sees it. `None` if it comes from a model and is not known there.
    pub(super) fn seen_from_here(self, value: Node, of: ModuleId, at: Span) -> Option<Node> {
        let is_out = self.configuration.modules[of].directory.is_model() && !self.module.directory.is_model();
        if !is_out {
            return Some(value);
        }
        let is_of_model = value.at.file.is_model();
        match &value.kind {
            NodeKind::Unknown(Unknown::Expression(_) | Unknown::Reference(_) | Unknown::Rejected(_))
                if is_of_model =>
            {
                None
            }
            _ => {
                let name = self.configuration.name_of_model(of);
                Some(Relocation { to: at, name }.value(&value).used_at(at))
            }
        }
    }
}
