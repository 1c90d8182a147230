//! A root module and all that it calls.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::address::{Address, Key, ModulePath, ModuleStep, ResourceName, ResourceRef, UnitId};
use crate::source::{Sources, Span, Unreadable};
use crate::syntax::SyntaxErrorKind;
use crate::syntax::hcl::Block;
use crate::terraform::budget::Budget;
use crate::terraform::eval::Eval;
use crate::terraform::module::{Caller, Defaults, Depth, Instance, Module, ModuleId, Modules, Name, State};
use crate::terraform::refusal::Refusals;
use crate::terraform::{
    Directories, Directory, Provider, Resource, Texts, directory, expand, installed, not_evaluated, registry,
};
use crate::value::Node;

/// How deep modules may call each other.
const MAX_MODULE_DEPTH: usize = 20;

/// The most modules of one root.
const MAX_MODULES: usize = 2_000;

/// A root module, and the modules that it calls, made when they are asked for.
#[derive(Debug)]
pub struct Configuration<'d> {
    pub(super) sources: &'d Sources,
    pub(super) directories: &'d Directories<'d>,
    pub(super) provider: &'d dyn Provider,
    pub(super) modules: Modules<'d>,
    depth: Depth,
    pub(super) budget: Budget,
    pub(super) refusals: Refusals,
    /// Where `terraform init` has put modules, by the names of the calls that lead to them.
    installed: OnceCell<BTreeMap<String, PathBuf>>,
    /// How many roots lie between this one and the one whose values are asked for.
    pub(super) remoteness: usize,
    /// The other roots that values came from.
    pub(super) external: RefCell<BTreeSet<UnitId>>,
    /// The files that these were read from, and those that functions have read.
    pub(super) other_texts: RefCell<Texts>,
    /// Whether it was asked where other roots keep their states.
    pub(super) asked_states: Cell<bool>,
}

impl<'d> Configuration<'d> {
    /// The configuration whose root is a directory.
    pub fn new(
        sources: &'d Sources,
        directories: &'d Directories<'d>,
        provider: &'d dyn Provider,
        root: &'d Directory,
        defaults: Defaults,
    ) -> Self {
        let modules = Modules::new(Module::root(root, directories.given(root), defaults));
        Configuration {
            sources,
            directories,
            provider,
            modules,
            depth: Depth::default(),
            budget: Budget::default(),
            refusals: Refusals::default(),
            installed: OnceCell::new(),
            remoteness: 0,
            external: RefCell::default(),
            other_texts: RefCell::default(),
            asked_states: Cell::default(),
        }
    }

    /// The resources and data sources that are wanted, evaluated: the root's, then those of the modules it calls.
    pub fn resources(&self) -> Vec<Resource> {
        let mut found = Vec::new();
        self.collect(ModuleId::ROOT, &mut found);
        found
    }

    /// The files that it is read from.
    pub fn sources(&self) -> &'d Sources {
        self.sources
    }

    /// The unit that the configuration is.
    pub fn unit(&self) -> UnitId {
        self.modules[ModuleId::ROOT].directory.unit()
    }

    /// The modules that were read: each with the calls that lead to it, and its directory.
    pub fn modules(&self) -> impl Iterator<Item = (ModuleId, &ModulePath, &'d Directory)> {
        self.modules.iter().map(|(id, module)| (id, &module.path, module.directory))
    }

    /// The address of an instance of a resource of a module.
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

    /// The regions that the providers of the modules name, where the configuration says which they are.
    pub fn regions(&self) -> Vec<(ModulePath, Node)> {
        let region = |(id, module): (ModuleId, &Module)| Some((module.path.clone(), self.region(id)?));
        self.modules.iter().filter_map(region).collect()
    }

    /// The region of the provider that a module has or inherits.
    fn region(&self, id: ModuleId) -> Option<Node> {
        let module = &self.modules[id];
        let is_aws = |block: &&Block| {
            block.kind == "provider" && block.labels.first().is_some_and(|name| name == "aws")
        };
        let own: Vec<&Block> = module.directory.blocks().filter(is_aws).collect();
        match (own.as_slice(), &module.caller) {
            ([], Some(caller)) if caller.block.body.attribute("providers").is_none() => {
                self.region(caller.module)
            }
            ([], _) => None,
            (own, _) => {
                let mut own = own.iter().filter(|block| block.body.attribute("alias").is_none());
                let (provider, None) = (own.next()?, own.next()) else { return None };
                let region = provider.body.attribute("region")?;
                Some(self.eval(id, &Instance::default()).expr(&region.value))
            }
        }
    }

    /// The calls of modules whose sources are not on the disk.
    pub fn unread(&self) -> Vec<Span> {
        self.calls().filter(|(id, call)| !self.reads(*id, call)).map(|(_, call)| call.header).collect()
    }

    /// Whether the source of a module call is on the disk, so that the module is read.
    pub fn reads(&self, id: ModuleId, call: &Block) -> bool {
        call.labels.first().is_some_and(|name| self.source(id, name, call).is_some())
    }

    /// The directory of the module that is called: a path, or where `terraform init` has put it.
    fn source(&self, id: ModuleId, name: &str, call: &Block) -> Option<&'d Directory> {
        let caller = &self.modules[id];
        let local = directory::local_source(call, &caller.directory.path);
        if let Some(path) = &local
            && self.directories.get(path).is_none()
        {
            self.refuse_absent(id, call, path);
        }
        let path = local.or_else(|| {
            let installed = self.installed.get_or_init(|| installed::modules(self));
            let names: Vec<&str> = caller.path.names().map(SmolStr::as_str).chain([name]).collect();
            installed.get(&names.join(".")).cloned()
        });
        self.directories.get(&path?)
    }

    /// Says that the directory a call names is not there, once for all that lie in it, or that it may not be read. It is
    /// a warning, since a pipeline may put it there; a directory that is there and empty is one that something else
    /// fills for certain.
    fn refuse_absent(&self, id: ModuleId, call: &Block, path: &Path) {
        let is_absent = |path: &Path| {
            self.sources.load(path) == Err(Unreadable::Missing) && self.sources.list(path).is_empty()
        };
        let path = self.sources.absolute(path);
        if let Some(source) = call.body.attribute("source").filter(|_| self.sources.is_outside(&path)) {
            let name = self.sources.text(source.value.at);
            let message = format!("the module at {name} is not read here: {}", Unreadable::Outside);
            return self.refuse(id, source.value.at, &message, SyntaxErrorKind::Ignored);
        }
        let highest = path.ancestors().take_while(|path| is_absent(path)).last();
        if let (Some(source), Some(absent)) = (call.body.attribute("source"), highest)
            && self.refusals.is_new(absent)
        {
            let name = self.sources.text(source.value.at);
            self.refuse(
                id,
                source.value.at,
                &format!("there is no module at {name}"),
                SyntaxErrorKind::Ignored,
            );
        }
    }

    /// The calls of modules: the module that each stands in, and the block.
    pub fn calls(&self) -> impl Iterator<Item = (ModuleId, &'d Block)> {
        let calls = |(id, _, directory): (ModuleId, _, &'d Directory)| {
            directory.blocks().filter(|block| block.kind == "module").map(move |block| (id, block))
        };
        self.modules().flat_map(calls)
    }

    /// The calls that lead to a module.
    pub fn path(&self, id: ModuleId) -> &ModulePath {
        &self.modules[id].path
    }

    fn collect(&self, id: ModuleId, found: &mut Vec<Resource>) {
        let module = &self.modules[id];
        for name in module.directory.resources() {
            if let Some(arguments) = self.provider.arguments(name) {
                expand::resources(self.eval(id, &Instance::default()), name, arguments, found);
            }
        }
        for (name, block) in module.directory.calls() {
            for instance in &*expand::instances(self, id, block) {
                match self.child(id, name, block, instance.clone()) {
                    Some(child) => self.collect(child, found),
                    None => {
                        let path = module.path.child(name.clone(), expand::key(instance));
                        registry::resources(self.eval(id, instance), block, &path, found);
                    }
                }
            }
        }
    }

    /// Looks from within a module, in one instance of a block.
    pub(super) fn eval<'c>(&'c self, id: ModuleId, instance: &'c Instance) -> Eval<'c, 'd> {
        Eval { configuration: self, id, module: &self.modules[id], instance, names: None }
    }

    /// The module that an instance of a call makes; none where its source is not on the disk.
    pub(super) fn child(
        &self,
        id: ModuleId,
        name: &SmolStr,
        block: &'d Block,
        instance: Instance,
    ) -> Option<ModuleId> {
        let caller = &self.modules[id];
        let call = ModuleStep { name: name.clone(), key: expand::key(&instance) };
        let known = caller.children.borrow().get(&call).copied();
        known.unwrap_or_else(|| {
            let child = self.called(call.clone(), Caller { module: id, block, instance });
            caller.children.borrow_mut().insert(call, child);
            child
        })
    }

    fn called(&self, call: ModuleStep, caller: Caller<'d>) -> Option<ModuleId> {
        let around = &self.modules[caller.module];
        let directory = self.source(caller.module, &call.name, caller.block)?;
        if around.path.steps().len() == MAX_MODULE_DEPTH || self.modules.count() >= MAX_MODULES {
            return None;
        }
        let path = around.path.child(call.name, call.key);
        let relative = relative(&self.modules[ModuleId::ROOT].directory.path, &directory.path);
        Some(self.modules.push(Module::called(directory, path, relative, caller)))
    }

    /// Evaluates a name of a module at its first use; one that leads back to itself, or too deep, is unknown.
    pub(super) fn once(&self, id: ModuleId, name: Name, at: Span, value: impl FnOnce() -> Node) -> Node {
        let values = &self.modules[id].values;
        let begun = values.borrow().get(&name).cloned();
        let node = match begun {
            Some(State::Done(node)) => return node.used_at(at),
            Some(State::Begun) => {
                self.circle(id, &name, at);
                not_evaluated(self.sources, at)
            }
            None => {
                values.borrow_mut().insert(name.clone(), State::Begun);
                self.deeper(id, at, value).unwrap_or_else(|| not_evaluated(self.sources, at))
            }
        };
        values.borrow_mut().insert(name, State::Done(node.clone()));
        node.used_at(at)
    }

    /// Evaluates one name further away from where the first one stands; none where that is too far.
    pub(super) fn deeper<T>(&self, id: ModuleId, at: Span, value: impl FnOnce() -> T) -> Option<T> {
        let value = self.depth.deeper(value);
        if value.is_none() {
            let message = "too many names lie between this value and its use; it is not evaluated";
            self.bound(id, at, message);
        }
        value
    }

    /// Notes that what has this name is defined by itself.
    pub(super) fn circle(&self, id: ModuleId, name: &dyn fmt::Display, at: Span) {
        self.refuse(id, at, &format!("`{name}` is defined by itself"), SyntaxErrorKind::Rejected);
    }
}

/// A directory as it is named from another one.
fn relative(from: &Path, to: &Path) -> SmolStr {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { SmolStr::new_static(".") } else { parts.join("/").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_named_from_the_root() {
        let name = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(name("/a/b", "/a/b"), ".");
        assert_eq!(name("/a/b", "/a/b/modules/c"), "modules/c");
        assert_eq!(name("/a/env/prod", "/a/modules/c"), "../../modules/c");
    }
}
