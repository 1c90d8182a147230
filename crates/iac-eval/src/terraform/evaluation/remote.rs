//! `terraform_remote_state`: outputs of another root module of the run, matched by its backend configuration.

use smol_str::{SmolStr, format_smolstr};

use crate::address::ResourceName;
use crate::source::Span;
use crate::terraform::backend::named;
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::evaluation::resource;
use crate::terraform::module::{Defaults, ModuleId, Name};
use crate::terraform::{Configuration, Scenario, collection};
use crate::value::{Node, Unknown};

/// The maximum number of root modules that a value can come through, and what is reported if there are more.
const MAX_ROOTS: usize = 3;
const TOO_MANY_ROOTS: &str = "this value is read through more than 3 other root modules and is not evaluated";

impl Eval<'_, '_> {
    /// Evaluates [`Self::remote`] at its first use.
    pub(super) fn remote_once(self, state: &ResourceName, output: &SmolStr, at: Span) -> Option<Node> {
        let none = || Node::unknown(Unknown::Reference(SmolStr::default()), at);
        let outside = Eval { bindings: None, ..self };
        let value = || outside.remote(state, output, at).unwrap_or_else(none);
        let name = Name::Attribute(state.clone(), None, output.clone());
        let value = self.configuration.once(self.id, name, at, value);
        (value.kind != none().kind).then_some(value)
    }

    /// An output of the root module whose state a data source reads, if that root module is part of this run.
    fn remote(self, state: &ResourceName, output: &SmolStr, at: Span) -> Option<Node> {
        let configuration = self.configuration;
        let block = self.module.directory.resource(state)?;
        let kind = collection::key(&self.expr(&block.body.attribute("backend")?.value))?;
        let config = match (
            block.body.attribute("config"),
            block.body.blocks.iter().find(|inner| inner.kind == "config"),
        ) {
            (Some(config), _) => self.expr(&config.value),
            (None, Some(block)) => resource::body(self, &block.body, block.header),
            (None, None) => return None,
        };
        let setting = |name: &str| {
            let found = name.split('.').try_fold(&config, |node, key| node.get(key))?;
            collection::key(found)
        };
        let root = &configuration.modules[ModuleId::ROOT].directory.path;
        let wanted = named(&kind, &setting, root, configuration.sources)?;
        configuration.origins.uses_backends.set(true);
        let directory = configuration.directories.root_with_backend(&wanted)?;
        if directory.path == *root {
            return None;
        }
        if configuration.origins.remoteness == MAX_ROOTS {
            configuration.report_limit(self.id, at, TOO_MANY_ROOTS);
            return None;
        }
        let scenario = Scenario::default();
        let mut other = Configuration::new(
            configuration.sources,
            configuration.directories,
            configuration.provider,
            directory,
            &scenario,
            Defaults::Count,
        );
        other.origins.remoteness = configuration.origins.remoteness + 1;
        other.budget.follow(&configuration.budget);
        let value = other.output(ModuleId::ROOT, output, at);
        configuration.budget.follow(&other.budget);
        // The other limits are reported where the other root module is checked.
        if other.has_reported(TOO_MANY_ROOTS) {
            configuration.report_limit(self.id, at, TOO_MANY_ROOTS);
        }
        configuration.secrets.extend(&other.secrets);
        configuration.origins.texts.borrow_mut().extend(other.texts());
        let value = value?;
        let mut external = configuration.origins.external.borrow_mut();
        external.insert(other.unit());
        external.extend(other.origins.external.borrow().iter());
        Some(self.limited(value.with_unknowns(&seen_from_outside)).used_at(at))
    }
}

/// Converts the reason for an unknown value of another root module for use in this one. The addresses of its resources stay
/// valid, but the names of its variables and modules have no meaning here.
fn seen_from_outside(why: &Unknown) -> Unknown {
    match why {
        Unknown::Reference(_) | Unknown::Output { .. } => {
            Unknown::Expression(format_smolstr!("{} in another root module", why.name()))
        }
        why => why.clone(),
    }
}
