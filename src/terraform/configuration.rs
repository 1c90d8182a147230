//! A root module and all that it calls.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smol_str::{SmolStr, format_smolstr};

use crate::node::{Array, Entry, Kind, More, Node, Object, Unknown};
use crate::project::Grade;
use crate::sources::{Sources, Unreadable};
use crate::span::Span;
use crate::syntax::hcl::{Block, Expr};
use crate::terraform::budget::Budget;
use crate::terraform::eval::Eval;
use crate::terraform::module::{Caller, Defaults, Depth, Instance, Module, Place, State};
use crate::terraform::refusal::Refusals;
use crate::terraform::{
    Directories, Directory, Resource, Texts, conversion, directory, expand, installed, not_evaluated,
    registry,
};

/// Which arguments and blocks of a type of resource are of use; none where it is of no use at all. A data source is
/// asked for as `data.aws_subnets`.
pub type Wanted = fn(&str) -> Option<Vec<&'static str>>;

/// How deep modules may call each other.
const DEEPEST: usize = 20;

/// The most modules of one root.
const MOST: usize = 2_000;

/// A root module, and the modules that it calls, made when they are asked for.
#[derive(Debug)]
pub struct Configuration<'d> {
    pub(super) sources: &'d Sources,
    pub(super) directories: &'d Directories<'d>,
    pub(super) modules: boxcar::Vec<Module<'d>>,
    depth: Depth,
    pub(super) budget: Budget,
    pub(super) refusals: Refusals,
    /// Where `terraform init` has put modules, by the names of the calls that lead to them.
    installed: OnceCell<BTreeMap<String, PathBuf>>,
    /// How many roots lie between this one and the one whose values are asked for.
    pub(super) remoteness: usize,
    /// The other roots that values came from, by their numbers.
    pub(super) foreign: RefCell<BTreeSet<usize>>,
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
        root: &'d Directory,
        defaults: Defaults,
    ) -> Self {
        let modules = boxcar::Vec::new();
        modules.push(Module::root(root, directories.given(root), defaults));
        Configuration {
            sources,
            directories,
            modules,
            depth: Depth::default(),
            budget: Budget::default(),
            refusals: Refusals::default(),
            installed: OnceCell::new(),
            remoteness: 0,
            foreign: RefCell::default(),
            other_texts: RefCell::default(),
            asked_states: Cell::default(),
        }
    }

    /// The resources and data sources that are wanted, evaluated: the root's, then those of the modules it calls.
    pub fn resources(&self, wanted: Wanted) -> Vec<Resource> {
        let mut found = Vec::new();
        self.collect(0, wanted, &mut found);
        found
    }

    /// The modules that were read: the index of each, what the addresses within begin with, and its directory.
    pub fn modules(&self) -> impl Iterator<Item = (usize, &str, &'d Directory)> {
        let modules = self.modules.iter();
        modules.map(|(index, module)| (index, module.prefix.as_str(), module.directory))
    }

    /// The region of the root's own provider, where the configuration says which it is.
    pub fn region(&self) -> Option<Node> {
        let root = self.modules[0].directory;
        let is_aws = |block: &&Block| {
            block.kind == "provider" && block.labels.first().is_some_and(|name| name == "aws")
        };
        let mut providers =
            root.blocks().filter(is_aws).filter(|block| block.body.attribute("alias").is_none());
        let (provider, None) = (providers.next()?, providers.next()) else { return None };
        let region = provider.body.attribute("region")?;
        Some(self.eval(0, &Instance::default()).expr(&region.value))
    }

    /// The calls of modules whose sources are not on the disk.
    pub fn unread(&self) -> Vec<Span> {
        let calls = self.modules().flat_map(|(index, _, directory)| {
            directory.blocks().filter(|block| block.kind == "module").map(move |call| (index, call))
        });
        calls.filter(|(index, call)| !self.reads(*index, call)).map(|(_, call)| call.header).collect()
    }

    /// Whether the source of a module call is on the disk, so that the module is read.
    pub fn reads(&self, index: usize, call: &Block) -> bool {
        call.labels.first().is_some_and(|name| self.source(index, name, call).is_some())
    }

    /// The directory of the module that is called: a path, or where `terraform init` has put it.
    fn source(&self, index: usize, name: &str, call: &Block) -> Option<&'d Directory> {
        let caller = &self.modules[index];
        let local = directory::local_source(call, &caller.directory.path);
        if let Some(path) = &local
            && self.directories.get(path).is_none()
        {
            self.refuse_absent(index, call, path);
        }
        let path = local.or_else(|| {
            let installed = self.installed.get_or_init(|| installed::modules(self));
            installed.get(key(&caller.key, name).as_str()).cloned()
        });
        self.directories.get(&path?)
    }

    /// Says that the directory a call names is not there, once for all that lie in it, or that it may not be read. It is
    /// a warning, since a pipeline may put it there; a directory that is there and empty is one that something else
    /// fills for certain.
    fn refuse_absent(&self, index: usize, call: &Block, path: &Path) {
        let is_absent = |path: &Path| {
            self.sources.load(path) == Err(Unreadable::Missing) && self.sources.list(path).is_empty()
        };
        let path = self.sources.absolute(path);
        if let Some(source) = call.body.attribute("source").filter(|_| self.sources.is_outside(&path)) {
            let name = self.sources.text(source.value.at);
            let message = format!("the module at {name} is not read here: {}", Unreadable::Outside);
            return self.refuse(index, source.value.at, &message, Grade::Ignored);
        }
        let highest = path.ancestors().take_while(|path| is_absent(path)).last();
        if let (Some(source), Some(absent)) = (call.body.attribute("source"), highest)
            && self.refusals.is_new(absent)
        {
            let name = self.sources.text(source.value.at);
            self.refuse(index, source.value.at, &format!("there is no module at {name}"), Grade::Ignored);
        }
    }

    /// The names of the calls of the registry's VPC module that are not on the disk. A name that is used for another
    /// module too, or a call that may make no VPC, is left out.
    pub fn vpc_modules(&self) -> Vec<SmolStr> {
        let mut found: BTreeMap<&SmolStr, bool> = BTreeMap::new();
        for (index, _, directory) in self.modules() {
            for call in directory.blocks().filter(|block| block.kind == "module") {
                let Some(name) = call.labels.first() else { continue };
                let makes = directory::is_vpc_module(call) && !self.reads(index, call);
                *found.entry(name).or_insert(true) &= makes;
            }
        }
        found.into_iter().filter(|(_, makes)| *makes).map(|(name, _)| name.clone()).collect()
    }

    fn collect(&self, index: usize, wanted: Wanted, found: &mut Vec<Resource>) {
        let module = &self.modules[index];
        for address in module.directory.addresses() {
            let arguments = address.rsplit_once('.').and_then(|(kind, _)| wanted(kind));
            if let Some(arguments) = arguments {
                expand::resources(self.eval(index, &Instance::default()), address, &arguments, found);
            }
        }
        for (name, block) in module.directory.calls() {
            for instance in &*expand::instances(self, index, block) {
                let key = expand::suffix(instance);
                match self.child(index, name, block, instance.clone()) {
                    Some(child) => self.collect(child, wanted, found),
                    None => {
                        let prefix = format!("{}module.{name}{key}.", module.prefix);
                        registry::resources(self.eval(index, instance), block, &prefix, found);
                    }
                }
            }
        }
    }

    /// Looks from within a module, in one instance of a block.
    pub(super) fn eval<'c>(&'c self, index: usize, instance: &'c Instance) -> Eval<'c, 'd> {
        Eval { configuration: self, index, module: &self.modules[index], instance, names: None }
    }

    /// The module that an instance of a call makes; none where its source is not on the disk.
    pub(super) fn child(
        &self,
        index: usize,
        name: &str,
        block: &'d Block,
        instance: Instance,
    ) -> Option<usize> {
        let caller = &self.modules[index];
        let key = expand::suffix(&instance);
        let known = caller.children.borrow().get(&format_smolstr!("{name}{key}")).copied();
        known.unwrap_or_else(|| {
            let child = self.called(index, name, &key, block, instance);
            caller.children.borrow_mut().insert(format_smolstr!("{name}{key}"), child);
            child
        })
    }

    fn called(
        &self,
        index: usize,
        name: &str,
        suffix: &str,
        block: &'d Block,
        instance: Instance,
    ) -> Option<usize> {
        let caller = &self.modules[index];
        let directory = self.source(index, name, block)?;
        if caller.depth == DEEPEST || self.modules.count() >= MOST {
            return None;
        }
        let place = Place {
            prefix: format_smolstr!("{}module.{name}{suffix}.", caller.prefix),
            key: key(&caller.key, name),
            path: relative(&self.modules[0].directory.path, &directory.path),
            depth: caller.depth + 1,
        };
        Some(self.modules.push(Module::called(directory, place, Caller { module: index, block, instance })))
    }

    /// The value of `var.<name>` in a module: what its caller or a `.tfvars` file gives, or else its default.
    pub(super) fn variable(&self, index: usize, name: &str, at: Span) -> Node {
        let module = &self.modules[index];
        let full = format_smolstr!("var.{name}");
        let unknown = || Node::unknown(Unknown::Reference(format_smolstr!("var.{name}")), at);
        let given = module.caller.as_ref().and_then(|caller| {
            let argument = caller.block.body.attribute(name)?;
            Some((self.eval(caller.module, &caller.instance), &argument.value))
        });
        let nobody = Instance::default();
        let from_file = || module.given.get(name).map(|expr| (self.eval(index, &nobody), *expr));
        if let Some((eval, expr)) = given.or_else(from_file) {
            let value = self.once(index, full.clone(), at, || self.typed(index, name, eval.expr(expr)));
            if !matches!(value.kind, Kind::Null) {
                return value;
            }
        }
        match (self.default(index, name), module.defaults) {
            (Some(default), Defaults::Count) => {
                let full = format_smolstr!("{full} by default");
                let value = || self.eval(index, &nobody).expr(default);
                let value = self.once(index, full, at, || self.typed(index, name, value()));
                match module.caller {
                    None => to_be_set(value).unwrap_or_else(unknown),
                    Some(_) => value,
                }
            }
            _ => unknown(),
        }
    }

    /// A value as the type of a variable has it.
    fn typed(&self, index: usize, name: &str, value: Node) -> Node {
        let declared =
            self.modules[index].directory.variable(name).and_then(|block| block.body.attribute("type"));
        match declared {
            Some(kind) => conversion::converted(self.eval(index, &Instance::default()), value, &kind.value),
            None => value,
        }
    }

    fn default(&self, index: usize, name: &str) -> Option<&'d Expr> {
        let block = self.modules[index].directory.variable(name)?;
        block.body.attribute("default").map(|default| &default.value)
    }

    /// The value of `local.<name>` in a module.
    pub(super) fn local(&self, index: usize, name: &str, at: Span) -> Node {
        let full = format_smolstr!("local.{name}");
        match self.modules[index].directory.local(name) {
            Some(expr) => self.once(index, full, at, || self.eval(index, &Instance::default()).expr(expr)),
            None => Node::unknown(Unknown::Reference(full), at),
        }
    }

    /// The value of an output of a module.
    pub(super) fn output(&self, index: usize, name: &str, at: Span) -> Option<Node> {
        let expr = self.modules[index].directory.output(name)?;
        let full = format_smolstr!("output.{name}");
        Some(self.once(index, full, at, || self.eval(index, &Instance::default()).expr(expr)))
    }

    /// All outputs of a module, as an object.
    pub(super) fn outputs(&self, index: usize, at: Span) -> Node {
        let entry = |name: &SmolStr| Some(Entry::new(name.clone(), at, self.output(index, name, at)?));
        Node::object(self.modules[index].directory.outputs().into_iter().filter_map(entry).collect(), at)
    }

    /// Evaluates a name of a module at its first use; one that leads back to itself, or too deep, is unknown.
    pub(super) fn once(&self, index: usize, name: SmolStr, at: Span, value: impl FnOnce() -> Node) -> Node {
        let values = &self.modules[index].values;
        let begun = values.borrow().get(&name).cloned();
        let node = match begun {
            Some(State::Done(node)) => return node.used_at(at),
            Some(State::Begun) => {
                self.circle(index, name.trim_end_matches(" by default"), at);
                not_evaluated(self.sources, at)
            }
            None => {
                values.borrow_mut().insert(name.clone(), State::Begun);
                self.deeper(index, at, value).unwrap_or_else(|| not_evaluated(self.sources, at))
            }
        };
        values.borrow_mut().insert(name, State::Done(node.clone()));
        node.used_at(at)
    }

    /// Evaluates one name further away from where the first one stands; none where that is too far.
    pub(super) fn deeper<T>(&self, index: usize, at: Span, value: impl FnOnce() -> T) -> Option<T> {
        let value = self.depth.deeper(value);
        if value.is_none() {
            let message = "too many names lie between this value and its use; it is not evaluated";
            self.bound(index, at, message);
        }
        value
    }

    /// Notes that what has this name is defined by itself.
    pub(super) fn circle(&self, index: usize, name: &str, at: Span) {
        self.refuse(index, at, &format!("`{name}` is defined by itself"), Grade::Refused);
    }
}

/// What the default of a root's variable tells. An empty one is there for the environment or the command line to
/// replace, which are not seen: it is unknown, or open.
fn to_be_set(value: Node) -> Option<Node> {
    let kind = match &value.kind {
        Kind::Null => return None,
        Kind::String(text) if text.is_empty() => return None,
        Kind::Array(array) if array.items.is_empty() => {
            Kind::Array(Array { more: More::Maybe, ..Array::default() }.into())
        }
        Kind::Object(object) if object.entries.is_empty() => {
            Kind::Object(Object { more: More::Maybe, ..Object::clone(object) }.into())
        }
        _ => return Some(value),
    };
    Some(Node { kind, ..value })
}

/// What `terraform init` knows a call by, within the module of another key.
fn key(around: &str, name: &str) -> SmolStr {
    if around.is_empty() { name.into() } else { format_smolstr!("{around}.{name}") }
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
