//! The declarations in a directory of `.tf` files, by name.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::ResourceName;
use crate::syntax::hcl::{Attribute, Block, Expr};
use crate::terraform::Directory;

/// Where each declaration is in a directory. The later of two declarations with the same name wins.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    variables: FxHashMap<SmolStr, BlockId>,
    locals: FxHashMap<SmolStr, AttributeId>,
    outputs: FxHashMap<SmolStr, BlockId>,
    calls: Vec<(SmolStr, BlockId)>,
    resources: FxHashMap<ResourceName, BlockId>,
    /// The names of the resources and data sources, in the order of their files.
    order: Vec<ResourceName>,
}

/// Identifies a top-level block of a directory.
#[derive(Clone, Copy, Debug)]
struct BlockId {
    /// The index of its body in the directory.
    body: usize,
    /// The index of the block in the body.
    block: usize,
}

/// Identifies an attribute of a top-level block.
#[derive(Clone, Copy, Debug)]
struct AttributeId {
    block: BlockId,
    /// The index of the attribute in the block.
    attribute: usize,
}

impl Declarations {
    /// Collects the declarations of a directory.
    pub(super) fn of(directory: &Directory) -> Declarations {
        let mut found = Declarations::default();
        for (body, (_, parsed)) in directory.bodies.iter().enumerate() {
            for (block, declaration) in parsed.blocks.iter().enumerate() {
                found.declare(declaration, BlockId { body, block });
            }
        }
        found
    }

    fn declare(&mut self, block: &Block, id: BlockId) {
        match (block.kind.as_str(), block.labels.as_slice()) {
            ("variable", [name]) => {
                self.variables.insert(name.clone(), id);
            }
            ("locals", []) => {
                let names = block.body.attributes.iter().enumerate();
                let local = |(attribute, local): (usize, &Attribute)| {
                    (local.name.clone(), AttributeId { block: id, attribute })
                };
                self.locals.extend(names.map(local));
            }
            ("output", [name]) if block.body.attribute("value").is_some() => {
                self.outputs.insert(name.clone(), id);
            }
            ("module", [name]) => self.calls.push((name.clone(), id)),
            ("resource", [kind, name]) => {
                self.declare_resource(ResourceName::managed(kind.clone(), name.clone()), id)
            }
            ("data", [kind, name]) => {
                self.declare_resource(ResourceName::data(kind.clone(), name.clone()), id)
            }
            _ => {}
        }
    }

    fn declare_resource(&mut self, resource: ResourceName, id: BlockId) {
        if self.resources.insert(resource.clone(), id).is_none() {
            self.order.push(resource);
        }
    }
}

/// Lookups by name.
impl Directory {
    pub(super) fn variable(&self, name: &str) -> Option<&Block> {
        self.declared().variables.get(name).map(|id| self.block(*id))
    }

    pub(super) fn local(&self, name: &str) -> Option<&Expr> {
        let id = self.declared().locals.get(name)?;
        Some(&self.block(id.block).body.attributes[id.attribute].value)
    }

    pub(super) fn output(&self, name: &str) -> Option<&Block> {
        self.declared().outputs.get(name).map(|id| self.block(*id))
    }

    /// The names of the variables, local values, or module calls, as references spell the kind; sorted.
    pub(super) fn names(&self, kind: &str) -> Vec<&str> {
        let declared = self.declared();
        let mut names: Vec<&str> = match kind {
            "var" => declared.variables.keys().map(SmolStr::as_str).collect(),
            "local" => declared.locals.keys().map(SmolStr::as_str).collect(),
            _ => declared.calls.iter().map(|(name, _)| name.as_str()).collect(),
        };
        names.sort_unstable();
        names
    }

    /// The names of the outputs, sorted.
    pub(super) fn outputs(&self) -> Vec<&SmolStr> {
        let mut names: Vec<&SmolStr> = self.declared().outputs.keys().collect();
        names.sort_unstable();
        names
    }

    pub(super) fn call(&self, name: &str) -> Option<&Block> {
        self.calls().find(|(known, _)| *known == name).map(|(_, block)| block)
    }

    /// The module calls with their names, in the order of their files.
    pub(super) fn calls(&self) -> impl Iterator<Item = (&SmolStr, &Block)> {
        self.declared().calls.iter().map(|(name, id)| (name, self.block(*id)))
    }

    pub(super) fn resource(&self, name: &ResourceName) -> Option<&Block> {
        self.declared().resources.get(name).map(|id| self.block(*id))
    }

    /// The resources and data sources, in the order of their files.
    pub(super) fn resources(&self) -> &[ResourceName] {
        &self.declared().order
    }

    fn declared(&self) -> &Declarations {
        self.declarations.get_or_init(|| Declarations::of(self))
    }

    fn block(&self, id: BlockId) -> &Block {
        &self.bodies[id.body].1.blocks[id.block]
    }
}
