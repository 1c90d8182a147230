//! What a module declares, by name, and the values of its names as far as they were evaluated.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

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
    /// Its directory.
    pub directory: PathBuf,
    /// Who calls it; none for a root.
    pub caller: Option<Caller<'d>>,
    /// What its variables are where nobody sets them.
    pub defaults: Defaults,
    pub variables: FxHashMap<&'d str, &'d Block>,
    /// The values that `.tfvars` files give.
    pub given: FxHashMap<&'d str, &'d Expr>,
    pub locals: FxHashMap<&'d str, &'d Expr>,
    pub outputs: FxHashMap<&'d str, &'d Expr>,
    pub calls: Vec<(&'d str, &'d Block)>,
    /// The resources and data sources, by their address within the module, in the order of their files.
    pub order: Vec<SmolStr>,
    pub resources: FxHashMap<SmolStr, &'d Block>,
    /// The values of names, and which are being evaluated.
    pub values: RefCell<FxHashMap<SmolStr, State>>,
    /// The instances of its blocks, by where `count` or `for_each` stands, and which are being evaluated.
    pub expansions: RefCell<FxHashMap<Span, Expansion>>,
    /// The modules that it calls, by the name and key of the call.
    pub children: RefCell<FxHashMap<SmolStr, Option<usize>>>,
    /// How many modules lie around it.
    pub depth: usize,
}

/// Where a called module stands; the members are the module's.
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
    /// The declarations of a directory, as a root.
    pub(super) fn root(directory: &'d Directory, given: &'d [Attribute], defaults: Defaults) -> Module<'d> {
        let mut module = Module {
            prefix: SmolStr::default(),
            key: SmolStr::default(),
            path: SmolStr::new_static("."),
            directory: directory.path.clone(),
            caller: None,
            defaults,
            variables: FxHashMap::default(),
            given: FxHashMap::default(),
            locals: FxHashMap::default(),
            outputs: FxHashMap::default(),
            calls: Vec::new(),
            order: Vec::new(),
            resources: FxHashMap::default(),
            values: RefCell::default(),
            expansions: RefCell::default(),
            children: RefCell::default(),
            depth: 0,
        };
        directory.blocks().for_each(|block| module.declare(block));
        for (_, body) in &directory.variables {
            let given = body.attributes.iter().map(|attribute| (attribute.name.as_str(), &attribute.value));
            module.given.extend(given);
        }
        module.given.extend(given.iter().map(|attribute| (attribute.name.as_str(), &attribute.value)));
        module
    }

    /// The declarations of a directory, as it is called. What `.tfvars` files say is for roots only.
    pub(super) fn called(directory: &'d Directory, place: Place, caller: Caller<'d>) -> Module<'d> {
        let module = Module::root(directory, &[], Defaults::Count);
        let Place { prefix, key, path, depth } = place;
        Module { prefix, key, path, depth, caller: Some(caller), given: FxHashMap::default(), ..module }
    }

    fn declare(&mut self, block: &'d Block) {
        match (block.kind.as_str(), block.labels.as_slice()) {
            ("variable", [name]) => {
                self.variables.insert(name, block);
            }
            ("locals", []) => {
                let locals = block.body.attributes.iter();
                self.locals.extend(locals.map(|local| (local.name.as_str(), &local.value)));
            }
            ("output", [name]) => {
                let value = block.body.attribute("value");
                self.outputs.extend(value.map(|value| (name.as_str(), &value.value)));
            }
            ("module", [name]) => self.calls.push((name, block)),
            ("resource", [kind, name]) => self.declare_resource(format_smolstr!("{kind}.{name}"), block),
            ("data", [kind, name]) => self.declare_resource(format_smolstr!("data.{kind}.{name}"), block),
            _ => {}
        }
    }

    fn declare_resource(&mut self, address: SmolStr, block: &'d Block) {
        if self.resources.insert(address.clone(), block).is_none() {
            self.order.push(address);
        }
    }
}

/// How many names may lie between a value and its use; bounds the stack.
const DEEPEST: usize = 200;

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
