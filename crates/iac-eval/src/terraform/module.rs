//! A module, and the values evaluated in it so far.

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

/// Identifies a module of one configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModuleId(usize);

impl ModuleId {
    /// The root module.
    pub const ROOT: ModuleId = ModuleId(0);
}

/// The modules of a configuration. Modules are only ever added.
#[derive(Debug)]
pub(super) struct Modules<'d> {
    modules: boxcar::Vec<Module<'d>>,
    /// The directories where `terraform init` installed modules, by the names of the calls that lead to them.
    pub installed: OnceCell<BTreeMap<String, PathBuf>>,
}

impl<'d> Modules<'d> {
    /// Starts with a root module that has no calls yet.
    pub(super) fn new(root: Module<'d>) -> Modules<'d> {
        Modules { modules: [root].into_iter().collect(), installed: OnceCell::new() }
    }

    /// Adds a module.
    pub(super) fn push(&self, module: Module<'d>) -> ModuleId {
        ModuleId(self.modules.push(module))
    }

    /// The number of modules.
    pub(super) fn count(&self) -> usize {
        self.modules.count()
    }

    /// All modules, the root module first.
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

/// One module: a root module, or a module as called in one place.
#[derive(Debug)]
pub(super) struct Module<'d> {
    /// The calls that lead to the module.
    pub path: ModulePath,
    /// Its directory, as `path.module` returns it.
    pub relative: SmolStr,
    /// Its files.
    pub directory: &'d Directory,
    /// The call that leads to the module; `None` for a root module.
    pub caller: Option<Caller<'d>>,
    /// How variables that are not set get their values.
    pub defaults: Defaults,
    /// The values set in `.tfvars` files.
    pub given: FxHashMap<&'d str, &'d Expr>,
    /// The values of names, and which names are being evaluated.
    pub values: Memo<Name, Node>,
    /// The instances of its blocks, by the place of `count` or `for_each`, and which are being evaluated.
    pub expansions: Memo<Span, Option<Arc<[Instance]>>>,
    /// The called modules, by the name and key of the call.
    pub children: RefCell<FxHashMap<ModuleStep, Option<ModuleId>>>,
    /// The addresses of its referenced resources, so that each address is created once.
    pub addresses: RefCell<FxHashMap<ResourceName, Instances>>,
}

/// The addresses of the instances of a resource.
type Instances = FxHashMap<Option<Key>, ResourceRef>;

/// A name of a module that is evaluated once, at its first use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// The value of a variable, set by a caller or a file.
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

/// A module call whose source is not on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadCall {
    /// The header of the call.
    pub at: Span,
    /// Its source; `None` if it is not a plain string.
    pub source: Option<SmolStr>,
    /// Whether a model is used in place of the module.
    pub has_model: bool,
}

/// The caller of a module.
#[derive(Clone, Debug)]
pub(super) struct Caller<'d> {
    /// The calling module.
    pub module: ModuleId,
    /// The call.
    pub block: &'d Block,
    /// The instance of the call.
    pub instance: Instance,
}

/// The values of `each` and `count` within one instance of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Instance {
    /// `each.key`.
    pub key: Option<Node>,
    /// `each.value`.
    pub value: Option<Node>,
    /// `count.index`.
    pub index: Option<Node>,
}

impl Instance {
    /// Returns `true` if this is not one of several instances of a block.
    pub(super) fn is_only(&self) -> bool {
        self.key.is_none() && self.index.is_none()
    }
}

/// Whether the default of a variable is its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Defaults {
    /// The module has no other callers, so its variables have their defaults.
    #[default]
    Count,
    /// A caller that is not visible may set any variable.
    MayBeSet,
}

impl<'d> Module<'d> {
    /// Creates a root module from a directory.
    /// The variables in `given` override those of its `.tfvars` files, and the later ones the earlier ones.
    pub(super) fn root(
        directory: &'d Directory,
        given: [&'d [Attribute]; 2],
        defaults: Defaults,
    ) -> Module<'d> {
        let files = directory.variables.iter().flat_map(|(_, body)| &body.attributes);
        let given = files.chain(given.into_iter().flatten());
        let given = given.map(|attribute| (attribute.name.as_str(), &attribute.value));
        let root = Module::new(directory, ModulePath::default(), SmolStr::new_static("."));
        Module { given: given.collect(), defaults, ..root }
    }

    /// Creates a called module from a directory. Values in `.tfvars` files apply only to root modules.
    pub(super) fn called(
        directory: &'d Directory,
        path: ModulePath,
        relative: SmolStr,
        caller: Caller<'d>,
        defaults: Defaults,
    ) -> Module<'d> {
        Module { caller: Some(caller), defaults, ..Module::new(directory, path, relative) }
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
