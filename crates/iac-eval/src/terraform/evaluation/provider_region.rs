//! The Regions of provider configurations: those of a module, and those that its caller passes.

use crate::syntax::hcl::{Block, Expr, ExprKind, Step};
use crate::terraform::evaluation::configuration::Configuration;
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::module::{Instance, ModuleId};
use crate::value::Node;

/// The Region of the provider that a module configures or receives, with an alias or without one.
pub(super) fn region(configuration: &Configuration, id: ModuleId, alias: Option<&str>) -> Option<Node> {
    let module = &configuration.modules[id];
    let is_aws =
        |block: &&Block| block.kind == "provider" && block.labels.first().is_some_and(|name| name == "aws");
    let own: Vec<&Block> = module.directory.blocks().filter(is_aws).collect();
    let instance = Instance::default();
    let eval = configuration.eval(id, &instance);
    let mut named = own.iter().filter(|block| {
        let name = block.body.attribute("alias").map(|name| eval.expr(&name.value));
        name.as_ref().map(|name| name.as_str().unwrap_or_default()) == alias
    });
    if let Some(provider) = named.next() {
        return match named.next() {
            None => Some(eval.expr(&provider.body.attribute("region")?.value)),
            Some(_) => None,
        };
    }
    let caller = module.caller.as_ref()?;
    match caller.block.body.attribute("providers") {
        None if alias.is_none() && own.is_empty() => region(configuration, caller.module, None),
        None => None,
        Some(passed) => {
            let ExprKind::Object(items) = &passed.value.kind else { return None };
            let item = items.iter().find(|item| provider(&item.key).is_some_and(|inner| inner == alias))?;
            region(configuration, caller.module, provider(&item.value)?)
        }
    }
}

/// The Region of a resource that sets its own, by an argument or by the provider that it names.
pub(super) fn own_region(eval: Eval, block: &Block) -> Option<Node> {
    match block.body.attribute("region") {
        Some(region) => Some(eval.expr(&region.value)),
        None => {
            let alias = provider(&block.body.attribute("provider")?.value)?;
            region(eval.configuration, eval.id, alias)
        }
    }
}

/// The alias in a reference to a provider, `aws` or `aws.global`; `None` for another expression.
fn provider(expr: &Expr) -> Option<Option<&str>> {
    match &expr.kind {
        ExprKind::Variable(name) | ExprKind::String(name) => (name == "aws").then_some(None),
        ExprKind::Traversal(base, steps) => match (&base.kind, steps.as_slice()) {
            (ExprKind::Variable(name), [Step::Attribute(alias, _)]) if name == "aws" => Some(Some(alias)),
            _ => None,
        },
        _ => None,
    }
}
