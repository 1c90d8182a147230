//! What a resource waits for: the resources that Terraform makes before it, because something of it refers to them.

use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};

use crate::syntax::hcl::{Block, Body, Expr, ExprKind, Step};
use crate::terraform::configuration::Configuration;
use crate::terraform::expand;

/// The addresses, without instance keys, of all that a block of a module waits for.
pub(super) fn all(configuration: &Configuration, index: usize, block: &Block) -> Vec<SmolStr> {
    let mut walk = Walk { configuration, seen: FxHashSet::default(), open: Vec::new(), found: Vec::new() };
    walk.body(index, &block.body);
    // What the calls around it wait for, all within the module waits for.
    let mut caller = configuration.modules[index].caller.as_ref();
    while let Some(call) = caller {
        if let Some(depends) = call.block.body.attribute("depends_on") {
            walk.expr(call.module, &depends.value);
        }
        caller = configuration.modules[call.module].caller.as_ref();
    }
    while let Some((index, name)) = walk.open.pop() {
        walk.follow(index, &name);
    }
    walk.found
}

struct Walk<'c, 'd> {
    configuration: &'c Configuration<'d>,
    /// The names that were met, with the modules they are names of.
    seen: FxHashSet<(usize, Name)>,
    /// Those whose own references are still to be followed.
    open: Vec<(usize, Name)>,
    found: Vec<SmolStr>,
}

/// What an expression can refer to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    Variable(SmolStr),
    Local(SmolStr),
    /// A module's output, or all of the module.
    Module(SmolStr, Option<SmolStr>),
    Resource(SmolStr),
}

impl Walk<'_, '_> {
    fn body(&mut self, index: usize, body: &Body) {
        body.visit(&mut |expr| self.meet(index, expr));
    }

    fn expr(&mut self, index: usize, expr: &Expr) {
        expr.visit(&mut |expr| self.meet(index, expr));
    }

    fn meet(&mut self, index: usize, expr: &Expr) {
        let Some(name) = name(expr) else { return };
        if self.seen.insert((index, name.clone())) {
            self.open.push((index, name));
        }
    }

    fn follow(&mut self, index: usize, name: &Name) {
        let module = &self.configuration.modules[index];
        match name {
            Name::Variable(name) => {
                if let Some(caller) = &module.caller
                    && let Some(argument) = caller.block.body.attribute(name)
                {
                    self.expr(caller.module, &argument.value);
                }
            }
            Name::Local(name) => {
                if let Some(value) = module.directory.local(name) {
                    self.expr(index, value);
                }
            }
            Name::Module(name, output) => self.module(index, name, output.as_deref()),
            Name::Resource(address) => {
                if let Some(block) = module.directory.resource(address) {
                    self.found.push(format_smolstr!("{}{address}", module.prefix));
                    self.body(index, &block.body);
                }
            }
        }
    }

    /// What an output of a module refers to; of a module that is not read, and of a whole one, all that it is told and has.
    fn module(&mut self, index: usize, name: &str, output: Option<&str>) {
        let module = &self.configuration.modules[index];
        let Some(block) = module.directory.call(name) else { return };
        if let Some(depends) = block.body.attribute("depends_on") {
            self.expr(index, &depends.value);
        }
        for instance in &*expand::instances(self.configuration, index, block) {
            let Some(child) = self.configuration.child(index, name, block, instance.clone()) else {
                self.body(index, &block.body);
                continue;
            };
            let made = &self.configuration.modules[child];
            match output.and_then(|output| made.directory.output(output)) {
                Some(expr) => self.expr(child, expr),
                None => {
                    for address in made.directory.addresses() {
                        self.open.push((child, Name::Resource(address.clone())));
                    }
                }
            }
        }
    }
}

/// What a reference names, as far as it matters for the order of things.
fn name(expr: &Expr) -> Option<Name> {
    let names: Vec<SmolStr> = match &expr.kind {
        ExprKind::Traversal(base, steps) => {
            let ExprKind::Variable(root) = &base.kind else { return None };
            let attributes = steps.iter().filter_map(|step| match step {
                Step::Attribute(name, _) => Some(name.clone()),
                _ => None,
            });
            std::iter::once(root.clone()).chain(attributes).collect()
        }
        // Old configurations, and those in JSON, quote what `depends_on` names.
        ExprKind::String(quoted) => quoted.split('.').map(SmolStr::from).collect(),
        _ => return None,
    };
    let mut names = names.into_iter();
    match names.next()?.as_str() {
        "var" => names.next().map(Name::Variable),
        "local" => names.next().map(Name::Local),
        "module" => names.next().map(|module| Name::Module(module, names.next())),
        "data" => Some(Name::Resource(format_smolstr!("data.{}.{}", names.next()?, names.next()?))),
        kind => names.next().map(|name| Name::Resource(format_smolstr!("{kind}.{name}"))),
    }
}
