//! Resource dependencies: the resources that Terraform creates before a resource, because it refers to them.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::address::{Address, Reference};
use crate::syntax::hcl::{Block, Body, Expr, ExprKind, Step};
use crate::terraform::evaluation::configuration::Configuration;
use crate::terraform::evaluation::expand;
use crate::terraform::module::ModuleId;

/// All blocks that a block of a module depends on.
pub(super) fn all(configuration: &Configuration, id: ModuleId, block: &Block) -> Vec<Address> {
    let mut walk = Walk { configuration, seen: FxHashSet::default(), open: Vec::new(), found: Vec::new() };
    walk.body(id, &block.body);
    // A resource also depends on everything that the module calls around it depend on.
    let mut caller = configuration.modules[id].caller.as_ref();
    while let Some(call) = caller {
        if let Some(depends) = call.block.body.attribute("depends_on") {
            walk.expr(call.module, &depends.value);
        }
        caller = configuration.modules[call.module].caller.as_ref();
    }
    while let Some((id, name)) = walk.open.pop() {
        walk.follow(id, &name);
    }
    walk.found
}

struct Walk<'c, 'd> {
    configuration: &'c Configuration<'d>,
    /// The references that were visited, with the modules they belong to.
    seen: FxHashSet<(ModuleId, Reference)>,
    /// The references that are still to be followed.
    open: Vec<(ModuleId, Reference)>,
    found: Vec<Address>,
}

impl Walk<'_, '_> {
    fn body(&mut self, id: ModuleId, body: &Body) {
        body.visit(&mut |expr| self.add(id, expr));
    }

    fn expr(&mut self, id: ModuleId, expr: &Expr) {
        expr.visit(&mut |expr| self.add(id, expr));
    }

    fn add(&mut self, id: ModuleId, expr: &Expr) {
        let Some(name) = reference(expr) else { return };
        if self.seen.insert((id, name.clone())) {
            self.open.push((id, name));
        }
    }

    fn follow(&mut self, id: ModuleId, name: &Reference) {
        let module = &self.configuration.modules[id];
        match name {
            Reference::Variable(name) => {
                if let Some(caller) = &module.caller
                    && let Some(argument) = caller.block.body.attribute(name)
                {
                    self.expr(caller.module, &argument.value);
                }
            }
            Reference::Local(name) => {
                if let Some(value) = module.directory.local(name) {
                    self.expr(id, value);
                }
            }
            Reference::Module(name, output) => self.module(id, name, output.as_deref()),
            Reference::Resource(resource, _) => {
                if let Some(block) = module.directory.resource(resource) {
                    self.found.push(self.configuration.address(id, resource, None).block());
                    self.body(id, &block.body);
                }
            }
        }
    }

    /// Follows an output of a module. A reference to a whole module, or to one that is not read, depends on all of its
    /// arguments and resources.
    fn module(&mut self, id: ModuleId, name: &SmolStr, output: Option<&str>) {
        let module = &self.configuration.modules[id];
        let Some(block) = module.directory.call(name) else { return };
        if let Some(depends) = block.body.attribute("depends_on") {
            self.expr(id, &depends.value);
        }
        for instance in &*expand::instances(self.configuration, id, block) {
            let Some(child) = self.configuration.child(id, name, block, instance.clone()) else {
                self.body(id, &block.body);
                continue;
            };
            let made = &self.configuration.modules[child];
            let value = |output| made.directory.output(output)?.body.attribute("value");
            match output.and_then(value) {
                Some(value) => self.expr(child, &value.value),
                None => {
                    for resource in made.directory.resources() {
                        self.open.push((child, Reference::Resource(resource.clone(), None)));
                    }
                }
            }
        }
    }
}

/// The object that an expression refers to. The attribute does not matter for dependencies.
fn reference(expr: &Expr) -> Option<Reference> {
    let found = match &expr.kind {
        ExprKind::Traversal(base, steps) => {
            let ExprKind::Variable(root) = &base.kind else { return None };
            let attributes = steps.iter().filter_map(|step| match step {
                Step::Attribute(name, _) => Some(name.clone()),
                _ => None,
            });
            Reference::of([root.clone()].into_iter().chain(attributes))
        }
        // Older configurations and JSON configurations quote the references in `depends_on`.
        ExprKind::String(quoted) => Reference::parse(quoted),
        _ => None,
    };
    found.map(|reference| match reference {
        Reference::Resource(resource, _) => Reference::Resource(resource, None),
        other => other,
    })
}
