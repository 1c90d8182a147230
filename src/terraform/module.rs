//! What a directory of `.tf` files declares, and the evaluation of its names.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::node::{Kind, Node, Unknown};
use crate::sources::Sources;
use crate::span::Span;
use crate::syntax::hcl::{Block, Expr};
use crate::terraform::{Directory, Resource, not_evaluated, resource};

/// One module: its declarations by name, and what was evaluated of them so far.
#[derive(Debug)]
pub struct Module<'d> {
    pub(super) sources: &'d Sources,
    /// The directory that `path.module` names.
    pub(super) directory: PathBuf,
    variables: FxHashMap<&'d str, &'d Block>,
    locals: FxHashMap<&'d str, &'d Expr>,
    resources: FxHashMap<SmolStr, &'d Block>,
    /// The addresses in the order of their files.
    order: Vec<SmolStr>,
    defaults: Defaults,
    values: RefCell<FxHashMap<SmolStr, State>>,
    /// How many names lie between the one being evaluated and the one that was asked for.
    depth: Cell<usize>,
}

/// How many names may lie between a value and its use; bounds the stack.
const DEEPEST: usize = 200;

/// Whether a variable's default is its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defaults {
    /// Nobody calls the module, so its variables have their defaults.
    Count,
    /// A caller may set any variable, and which value it gives is not known.
    MayBeSet,
}

/// How far the evaluation of a name is.
#[derive(Clone, Debug)]
enum State {
    /// It began and has not ended: who asks again goes in a circle.
    Begun,
    /// This is its value.
    Done(Node),
}

impl<'d> Module<'d> {
    /// The declarations of a directory.
    pub fn new(
        sources: &'d Sources,
        path: PathBuf,
        directory: &'d Directory,
        defaults: Defaults,
    ) -> Module<'d> {
        let mut module = Module {
            sources,
            directory: path,
            variables: FxHashMap::default(),
            locals: FxHashMap::default(),
            resources: FxHashMap::default(),
            order: Vec::new(),
            defaults,
            values: RefCell::default(),
            depth: Cell::new(0),
        };
        for block in directory.blocks() {
            module.declare(block);
        }
        module
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

    /// All resources and data sources, evaluated.
    pub fn evaluate(&self) -> Vec<Resource> {
        let present = self.order.iter().filter_map(|address| {
            let block = self.resources[address];
            let kind = block.labels.first()?.clone();
            let body = self.resource_body(block)?;
            let ignored = resource::ignored(block);
            Some(Resource { address: address.clone(), kind, body, ignored, header: block.header })
        });
        present.collect()
    }

    /// The block of a resource or data source.
    pub(super) fn resource(&self, address: &str) -> Option<&'d Block> {
        self.resources.get(address).copied()
    }

    /// The value of `var.<name>`.
    pub(super) fn variable(&self, name: &str, at: Span) -> Node {
        let full = format_smolstr!("var.{name}");
        let default = self.variables.get(name).and_then(|block| block.body.attribute("default"));
        match (default, self.defaults) {
            (Some(default), Defaults::Count) => self.once(full, at, || match self.expr(&default.value) {
                Node { kind: Kind::Null, .. } => {
                    Node::unknown(Unknown::Reference(format_smolstr!("var.{name}")), at)
                }
                value => value,
            }),
            _ => Node::unknown(Unknown::Reference(full), at),
        }
    }

    /// The value of `local.<name>`.
    pub(super) fn local(&self, name: &str, at: Span) -> Node {
        let full = format_smolstr!("local.{name}");
        match self.locals.get(name) {
            Some(expr) => self.once(full, at, || self.expr(expr)),
            None => Node::unknown(Unknown::Reference(full), at),
        }
    }

    /// The value of an argument of a resource, where the configuration sets it.
    pub(super) fn argument(&self, address: &SmolStr, name: &str, at: Span) -> Option<Node> {
        let block = self.resource(address)?;
        let attribute = block.body.attribute(name)?;
        Some(self.once(format_smolstr!("{address}.{name}"), at, || self.expr(&attribute.value)))
    }

    /// Evaluates a name at its first use; a name that leads back to itself is unknown.
    fn once(&self, name: SmolStr, at: Span, value: impl FnOnce() -> Node) -> Node {
        let begun = self.values.borrow_mut().insert(name.clone(), State::Begun);
        let node = match begun {
            None if self.depth.get() == DEEPEST => not_evaluated(self.sources, at),
            None => {
                self.depth.set(self.depth.get() + 1);
                let node = value();
                self.depth.set(self.depth.get() - 1);
                node
            }
            Some(State::Begun) => not_evaluated(self.sources, at),
            Some(State::Done(node)) => node,
        };
        self.values.borrow_mut().insert(name, State::Done(node.clone()));
        node.used_at(at)
    }
}
