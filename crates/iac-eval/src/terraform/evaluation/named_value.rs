//! The values that have names in a module, and the expressions that define them in this and in other modules.

use smol_str::SmolStr;

use crate::syntax::hcl::{Block, Expr, ExprKind, Step};
use crate::terraform::module::ModuleId;
use crate::terraform::{Configuration, Directory};

/// The largest number of named values that are followed, one defined by the other.
pub(super) const MAX_FOLLOWED: usize = 8;

/// A value with a name, as an expression in a module refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NamedValue {
    /// `var.name`
    Variable(SmolStr),
    /// `local.name`
    Local(SmolStr),
    /// `module.call.output`; all outputs of the call if the reference does not select one.
    Output(SmolStr, Option<SmolStr>),
}

impl NamedValue {
    /// The named value that an expression refers to, or a part of it.
    pub fn of(expr: &Expr) -> Option<NamedValue> {
        let ExprKind::Traversal(base, steps) = &expr.kind else { return None };
        let ExprKind::Variable(kind) = &base.kind else { return None };
        let [Step::Attribute(name, _), rest @ ..] = steps.as_slice() else { return None };
        match kind.as_str() {
            "var" => Some(NamedValue::Variable(name.clone())),
            "local" => Some(NamedValue::Local(name.clone())),
            "module" => {
                let output = rest.iter().find_map(|step| match step {
                    Step::Attribute(output, _) => Some(output.clone()),
                    Step::Index(_) | Step::Splat | Step::AttributeSplat => None,
                });
                Some(NamedValue::Output(name.clone(), output))
            }
            _ => None,
        }
    }
}

impl<'d> Configuration<'d> {
    /// Returns `true` if a module is called by another one, so that only its caller reads its outputs.
    pub fn is_called(&self, id: ModuleId) -> bool {
        self.modules[id].caller.is_some()
    }

    /// The expressions that define a named value of a module, each with the module in which it is: the argument of the caller, the
    /// local value, or the outputs of all instances of a called module. Empty if no module that was read defines it.
    pub fn definitions(&self, id: ModuleId, name: &NamedValue) -> Vec<(ModuleId, &'d Expr)> {
        let module = &self.modules[id];
        match name {
            NamedValue::Variable(name) => {
                let of_caller = module.caller.as_ref();
                let argument =
                    of_caller.and_then(|caller| Some((caller.module, caller.block.body.attribute(name)?)));
                argument.into_iter().map(|(id, argument)| (id, &argument.value)).collect()
            }
            NamedValue::Local(name) => {
                module.directory.local(name).into_iter().map(|value| (id, value)).collect()
            }
            NamedValue::Output(call, output) => {
                let children = module.children.borrow();
                let called = children.iter().filter(|(step, _)| step.name == *call);
                let called = called.filter_map(|(_, child)| *child);
                let values = |id: ModuleId| {
                    outputs(self.modules[id].directory, output.as_deref()).map(move |value| (id, value))
                };
                called.flat_map(values).collect()
            }
        }
    }
}

/// The values of an output of a module, or of all its outputs.
fn outputs<'d>(directory: &'d Directory, name: Option<&str>) -> impl Iterator<Item = &'d Expr> {
    let all = if name.is_none() { directory.outputs() } else { Vec::new() };
    let blocks = all
        .into_iter()
        .filter_map(|name| directory.output(name))
        .chain(name.and_then(|name| directory.output(name)));
    blocks.filter_map(|block: &Block| Some(&block.body.attribute("value")?.value))
}
