//! A module, and the values of its names as far as they were evaluated.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::node::Node;
use crate::span::Span;
use crate::syntax::hcl::{Attribute, Block, Expr};
use crate::terraform::Directory;

/// One module, called in one place, or a root.
#[derive(Debug)]
pub(super) struct Module<'d> {
    /// What its addresses begin with: empty for a root, `module.web.` or `module.web["a"].` for a called one.
    pub prefix: SmolStr,
    /// The names of the calls that lead to it, `web.sidecar`: what `terraform init` knows it by.
    pub key: SmolStr,
    /// Its directory as `path.module` names it.
    pub path: SmolStr,
    /// Its files.
    pub directory: &'d Directory,
    /// Who calls it; none for a root.
    pub caller: Option<Caller<'d>>,
    /// What its variables are where nobody sets them.
    pub defaults: Defaults,
    /// The values that `.tfvars` files give.
    pub given: FxHashMap<&'d str, &'d Expr>,
    /// The values of names, and which are being evaluated.
    pub values: RefCell<FxHashMap<SmolStr, State>>,
    /// The instances of its blocks, by where `count` or `for_each` stands, and which are being evaluated.
    pub expansions: RefCell<FxHashMap<Span, Expansion>>,
    /// The modules that it calls, by the name and key of the call.
    pub children: RefCell<FxHashMap<SmolStr, Option<usize>>>,
    /// How many modules lie around it.
    pub depth: usize,
}

/// Where a module stands; the members are the module's.
#[derive(Default)]
pub(super) struct Place {
    pub prefix: SmolStr,
    pub key: SmolStr,
    pub path: SmolStr,
    pub depth: usize,
}

/// Who calls a module.
#[derive(Clone, Debug)]
pub(super) struct Caller<'d> {
    /// The index of the calling module.
    pub module: usize,
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

/// How far the evaluation of a name is.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// It began and has not ended: who asks again goes in a circle.
    Begun,
    /// This is its value.
    Done(Node),
}

/// How far the evaluation of `count` or `for_each` is.
#[derive(Clone, Debug)]
pub(super) enum Expansion {
    /// It began and has not ended: who asks again goes in a circle.
    Begun,
    /// These are the instances, where they are known.
    Done(Option<Arc<[Instance]>>),
}

impl<'d> Module<'d> {
    /// A directory as a root.
    pub(super) fn root(directory: &'d Directory, given: &'d [Attribute], defaults: Defaults) -> Module<'d> {
        let files = directory.variables.iter().flat_map(|(_, body)| &body.attributes);
        let given = files.chain(given).map(|attribute| (attribute.name.as_str(), &attribute.value));
        let place = Place { path: SmolStr::new_static("."), ..Place::default() };
        Module { given: given.collect(), defaults, ..Module::new(directory, place) }
    }

    /// A directory as it is called. What `.tfvars` files say is for roots only.
    pub(super) fn called(directory: &'d Directory, place: Place, caller: Caller<'d>) -> Module<'d> {
        Module { caller: Some(caller), ..Module::new(directory, place) }
    }

    fn new(directory: &'d Directory, Place { prefix, key, path, depth }: Place) -> Module<'d> {
        Module {
            prefix,
            key,
            path,
            directory,
            caller: None,
            defaults: Defaults::Count,
            given: FxHashMap::default(),
            values: RefCell::default(),
            expansions: RefCell::default(),
            children: RefCell::default(),
            depth,
        }
    }
}

/// How many names and expressions may lie between a value and its use; bounds the stack.
const DEEPEST: usize = 400;

/// Counts how deep evaluation is.
#[derive(Debug, Default)]
pub(super) struct Depth(Cell<usize>);

impl Depth {
    /// Goes one deeper for `value`; none where that is too deep.
    pub(super) fn deeper<T>(&self, value: impl FnOnce() -> T) -> Option<T> {
        if self.0.get() == DEEPEST {
            return None;
        }
        self.0.set(self.0.get() + 1);
        let value = value();
        self.0.set(self.0.get() - 1);
        Some(value)
    }
}
