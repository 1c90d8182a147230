//! A root module and all modules that it calls.

use std::path::Path;

use crate::address::{Address, Key, ModulePath, ResourceName, ResourceRef, UnitId};
use crate::source::{Sources, Span};
use crate::syntax::hcl::{Block, Expr};
use crate::terraform::budget::Budget;
use crate::terraform::evaluation::errors::EvalErrors;
use crate::terraform::evaluation::eval::{Eval, Need, Role};
use crate::terraform::evaluation::expand;
use crate::terraform::evaluation::offers::Choices;
use crate::terraform::evaluation::origin::Origins;
use crate::terraform::evaluation::provider_region::region;
use crate::terraform::evaluation::secret::Secrets;
use crate::terraform::functions::Patterns;
use crate::terraform::module::{Defaults, Instance, Module, ModuleId, Modules};
use crate::terraform::{Directories, Directory, Provider, Resource, Scenario};
use crate::value::{More, Node};

/// A root module and the modules that it calls. A module is added at its first use.
#[derive(Debug)]
pub struct Configuration<'d> {
    pub(super) sources: &'d Sources,
    pub(super) directories: &'d Directories<'d>,
    pub(super) provider: &'d dyn Provider,
    unit: Option<UnitId>,
    /// The directory whose files are copied over those of the root module.
    pub(super) copied: Option<&'d Path>,
    /// Whether files are added to the root module that are not read.
    pub(super) more_files: More,
    pub(super) modules: Modules<'d>,
    pub(super) budget: Budget,
    pub(super) patterns: Patterns,
    pub(super) errors: EvalErrors,
    pub(super) origins: Origins,
    pub(super) secrets: Secrets,
    pub(super) choices: Choices,
    /// Whether the variables of models have their defaults.
    pub(super) defaults_of_models: Defaults,
}

impl<'d> Configuration<'d> {
    /// Creates the configuration of a root module directory in a scenario.
    pub fn new(
        sources: &'d Sources,
        directories: &'d Directories<'d>,
        provider: &'d dyn Provider,
        root: &'d Directory,
        scenario: &'d Scenario,
        defaults: Defaults,
    ) -> Self {
        let given = [scenario.variables.as_slice(), directories.variables_of(root)];
        let modules = Modules::new(Module::root(root, given, defaults));
        Configuration {
            sources,
            directories,
            provider,
            unit: scenario.unit,
            copied: scenario.copied.as_deref(),
            more_files: scenario.more_files,
            modules,
            budget: Budget::default(),
            patterns: Patterns::default(),
            errors: EvalErrors::default(),
            origins: Origins::default(),
            secrets: Secrets::default(),
            choices: Choices::new(scenario),
            defaults_of_models: scenario.defaults_of_models,
        }
    }

    /// The share of the limit on the cost of a root module that evaluation has spent, from 0 to 1.
    pub fn spent(&self) -> f64 {
        self.budget.spent()
    }

    /// Evaluates the requested resources and data sources: those of the root module first, then those of the modules it
    /// calls.
    pub fn resources(&self) -> Vec<Resource> {
        let mut found = Vec::new();
        self.collect(ModuleId::ROOT, &mut found);
        found
    }

    /// Evaluates an expression in the root module.
    pub fn value(&self, expr: &Expr) -> Node {
        self.eval(ModuleId::ROOT, &Instance::default()).expr(expr)
    }

    /// The files of the configuration.
    pub fn sources(&self) -> &'d Sources {
        self.sources
    }

    /// The unit of the configuration.
    pub fn unit(&self) -> UnitId {
        self.unit.unwrap_or_else(|| self.modules[ModuleId::ROOT].directory.unit())
    }

    /// The modules that were read: for each, the calls that lead to it and its directory.
    pub fn modules(&self) -> impl Iterator<Item = (ModuleId, &ModulePath, &'d Directory)> {
        self.modules.iter().map(|(id, module)| (id, &module.path, module.directory))
    }

    /// The address of a resource instance in a module.
    pub fn address(&self, id: ModuleId, resource: &ResourceName, key: Option<Key>) -> ResourceRef {
        let module = &self.modules[id];
        let known = module.addresses.borrow().get(resource).and_then(|keys| keys.get(&key)).cloned();
        known.unwrap_or_else(|| {
            let address = ResourceRef::from(Address {
                root: self.unit(),
                module: module.path.clone(),
                resource: resource.clone(),
                key: key.clone(),
            });
            let mut addresses = module.addresses.borrow_mut();
            addresses.entry(resource.clone()).or_default().insert(key, address.clone());
            address
        })
    }

    /// The places of the defaults in a root module that cannot be applied as it is, because a required variable has no value:
    /// whoever provides that value may override the defaults too. Empty for a root module whose variables all have values.
    pub fn uncertain_defaults(&self) -> Vec<Span> {
        let root = &self.modules[ModuleId::ROOT];
        let variables = root.directory.blocks().filter(|block| block.kind == "variable");
        let is_unset =
            |block: &&Block| !block.labels.iter().any(|name| root.given.contains_key(name.as_str()));
        let unset: Vec<&Block> = variables.filter(is_unset).collect();
        let defaults: Vec<Option<Span>> = unset
            .iter()
            .map(|block| block.body.attribute("default").map(|default| default.value.at))
            .collect();
        let is_complete = defaults.iter().all(Option::is_some);
        defaults.into_iter().flatten().filter(|_| !is_complete).collect()
    }

    /// The regions of the module providers that set one.
    pub fn regions(&self) -> Vec<(ModulePath, Node)> {
        let region = |(id, module): (ModuleId, &Module)| Some((module.path.clone(), region(self, id, None)?));
        self.modules.iter().filter_map(region).collect()
    }

    fn collect(&self, id: ModuleId, found: &mut Vec<Resource>) {
        let module = &self.modules[id];
        let before = found.len();
        for name in module.directory.resources() {
            if let Some(arguments) = self.provider.arguments(name) {
                expand::resources(self.eval(id, &Instance::default()), name, arguments, found);
            }
        }
        found[before..].iter_mut().for_each(|resource| self.move_out_of_model(id, resource));
        for (name, block) in module.directory.calls() {
            for instance in &*expand::instances(self, id, block) {
                if let Some(child) = self.child(id, name, block, instance.clone()) {
                    self.collect(child, found);
                }
            }
        }
    }

    /// Creates the scope for evaluation in a module, in one instance of a block.
    pub(super) fn eval<'c>(&'c self, id: ModuleId, instance: &'c Instance) -> Eval<'c, 'd> {
        Eval {
            configuration: self,
            id,
            module: &self.modules[id],
            instance,
            bindings: None,
            role: Role::Value,
            need: Need::Certain,
        }
    }
}
