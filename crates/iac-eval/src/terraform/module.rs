//! A module, and the values of its names as far as they were evaluated.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::{Key, ModulePath, ModuleStep, ResourceName, ResourceRef};
use crate::source::Span;
use crate::syntax::hcl::{Attribute, Block, Expr};
use crate::terraform::Directory;
use crate::terraform::memo::Memo;
use crate::value::Node;

/// Identifies a module among those of one configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModuleId(usize);

impl ModuleId {
    /// The root module.
    pub const ROOT: ModuleId = ModuleId(0);
}

/// The modules of a configuration; they are only ever added.
#[derive(Debug)]
pub(super) struct Modules<'d> {
    modules: boxcar::Vec<Module<'d>>,
    /// Where `terraform init` has put modules, by the names of the calls that lead to them.
    pub installed: OnceCell<BTreeMap<String, PathBuf>>,
}

impl<'d> Modules<'d> {
    /// A root module, which calls none yet.
    pub(super) fn new(root: Module<'d>) -> Modules<'d> {
        Modules { modules: [root].into_iter().collect(), installed: OnceCell::new() }
    }

    /// Adds a module.
    pub(super) fn push(&self, module: Module<'d>) -> ModuleId {
        ModuleId(self.modules.push(module))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.modules.count()
    }

    /// All of them, the root module first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (ModuleId, &Module<'d>)> {
        self.modules.iter().map(|(index, module)| (ModuleId(index), module))
    }
}

impl<'d> Index<ModuleId> for Modules<'d> {
    type Output = Module<'d>;

    fn index(&self, id: ModuleId) -> &Module<'d> {
        &self.modules[id.0]
    }
}

/// One module, called in one place, or a root.
#[derive(Debug)]
pub(super) struct Module<'d> {
    /// The calls that lead to it.
    pub path: ModulePath,
    /// Its directory as `path.module` names it.
    pub relative: SmolStr,
    /// Its files.
    pub directory: &'d Directory,
    /// The call that leads to it; `None` for a root.
    pub caller: Option<Caller<'d>>,
    /// What its variables are if they are not set.
    pub defaults: Defaults,
    /// The values that `.tfvars` files give.
    pub given: FxHashMap<&'d str, &'d Expr>,
    /// The values of names, and which are being evaluated.
    pub values: Memo<Name, Node>,
    /// The instances of its blocks, by where `count` or `for_each` stands, and which are being evaluated.
    pub expansions: Memo<Span, Option<Arc<[Instance]>>>,
    /// The modules that it calls, by the name and key of the call.
    pub children: RefCell<FxHashMap<ModuleStep, Option<ModuleId>>>,
    /// The addresses of its resources that something refers to, so that each is made once.
    pub addresses: RefCell<FxHashMap<ResourceName, Instances>>,
}

/// The addresses of the instances of a resource.
type Instances = FxHashMap<Option<Key>, ResourceRef>;

/// A name of a module that is evaluated at its first use, and then known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// What a caller or a file gives a variable.
    Variable(SmolStr),
    /// The default of a variable.
    Default(SmolStr),
    /// A local value.
    Local(SmolStr),
    /// An output.
    Output(SmolStr),
    /// An attribute of an instance of a resource.
    Attribute(ResourceName, Option<Key>, SmolStr),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Name::Variable(name) | Name::Default(name) => write!(f, "var.{name}"),
            Name::Local(name) => write!(f, "local.{name}"),
            Name::Output(name) => write!(f, "output.{name}"),
            Name::Attribute(resource, None, attribute) => write!(f, "{resource}.{attribute}"),
            Name::Attribute(resource, Some(key), attribute) => write!(f, "{resource}{key}.{attribute}"),
        }
    }
}

/// Who calls a module.
#[derive(Clone, Debug)]
pub(super) struct Caller<'d> {
    /// The calling module.
    pub module: ModuleId,
    /// The call.
    pub block: &'d Block,
    /// Which instance of the call it is.
    pub instance: Instance,
}

/// What `each` and `count` are within one instance of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Instance {
    /// `each.key`.
    pub key: Option<Node>,
    /// `each.value`.
    pub value: Option<Node>,
    /// `count.index`.
    pub index: Option<Node>,
}

/// Whether a variable's default is its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defaults {
    /// Nobody else calls the module, so its variables have their defaults.
    Count,
    /// A caller that is not seen may set any variable.
    MayBeSet,
}

impl<'d> Module<'d> {
    /// A directory as a root.
    pub(super) fn root(directory: &'d Directory, given: &'d [Attribute], defaults: Defaults) -> Module<'d> {
        let files = directory.variables.iter().flat_map(|(_, body)| &body.attributes);
        let given = files.chain(given).map(|attribute| (attribute.name.as_str(), &attribute.value));
        let root = Module::new(directory, ModulePath::default(), SmolStr::new_static("."));
        Module { given: given.collect(), defaults, ..root }
    }

    /// A directory as it is called. What `.tfvars` files say is for roots only.
    pub(super) fn called(
        directory: &'d Directory,
        path: ModulePath,
        relative: SmolStr,
        caller: Caller<'d>,
    ) -> Module<'d> {
        Module { caller: Some(caller), ..Module::new(directory, path, relative) }
    }

    fn new(directory: &'d Directory, path: ModulePath, relative: SmolStr) -> Module<'d> {
        Module {
            path,
            relative,
            directory,
            caller: None,
            defaults: Defaults::Count,
            given: FxHashMap::default(),
            values: Memo::default(),
            expansions: Memo::default(),
            children: RefCell::default(),
            addresses: RefCell::default(),
        }
    }
}
