//! What a directory of `.tf` files declares, by name.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::ResourceName;
use crate::syntax::hcl::{Block, Expr};
use crate::terraform::Directory;

/// Where each declaration stands in a directory. Of two with one name the later counts.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    variables: FxHashMap<SmolStr, Place>,
    /// The block, and which of its attributes.
    locals: FxHashMap<SmolStr, (Place, usize)>,
    outputs: FxHashMap<SmolStr, Place>,
    calls: Vec<(SmolStr, Place)>,
    resources: FxHashMap<ResourceName, Place>,
    /// The names of the resources and data sources, in the order of their files.
    order: Vec<ResourceName>,
}

/// A block of a directory: which of its bodies, and which block of it.
type Place = (usize, usize);

impl Declarations {
    /// The declarations of a directory.
    pub(super) fn of(directory: &Directory) -> Declarations {
        let mut found = Declarations::default();
        for (file, (_, body)) in directory.bodies.iter().enumerate() {
            for (index, block) in body.blocks.iter().enumerate() {
                found.declare(block, (file, index));
            }
        }
        found
    }

    fn declare(&mut self, block: &Block, at: Place) {
        match (block.kind.as_str(), block.labels.as_slice()) {
            ("variable", [name]) => {
                self.variables.insert(name.clone(), at);
            }
            ("locals", []) => {
                let names = block.body.attributes.iter().enumerate();
                self.locals.extend(names.map(|(index, local)| (local.name.clone(), (at, index))));
            }
            ("output", [name]) if block.body.attribute("value").is_some() => {
                self.outputs.insert(name.clone(), at);
            }
            ("module", [name]) => self.calls.push((name.clone(), at)),
            ("resource", [kind, name]) => {
                self.declare_resource(ResourceName::managed(kind.clone(), name.clone()), at)
            }
            ("data", [kind, name]) => {
                self.declare_resource(ResourceName::data(kind.clone(), name.clone()), at)
            }
            _ => {}
        }
    }

    fn declare_resource(&mut self, resource: ResourceName, at: Place) {
        if self.resources.insert(resource.clone(), at).is_none() {
            self.order.push(resource);
        }
    }
}

/// A lookup by name.
impl Directory {
    pub(super) fn variable(&self, name: &str) -> Option<&Block> {
        self.declared().variables.get(name).map(|at| self.block(*at))
    }

    pub(super) fn local(&self, name: &str) -> Option<&Expr> {
        let (at, index) = *self.declared().locals.get(name)?;
        Some(&self.block(at).body.attributes[index].value)
    }

    pub(super) fn output(&self, name: &str) -> Option<&Expr> {
        let at = *self.declared().outputs.get(name)?;
        Some(&self.block(at).body.attribute("value")?.value)
    }

    /// The names of its outputs, sorted.
    pub(super) fn outputs(&self) -> Vec<&SmolStr> {
        let mut names: Vec<&SmolStr> = self.declared().outputs.keys().collect();
        names.sort_unstable();
        names
    }

    pub(super) fn call(&self, name: &str) -> Option<&Block> {
        self.calls().find(|(known, _)| *known == name).map(|(_, block)| block)
    }

    /// Its module calls with their names, in the order of their files.
    pub(super) fn calls(&self) -> impl Iterator<Item = (&SmolStr, &Block)> {
        self.declared().calls.iter().map(|(name, at)| (name, self.block(*at)))
    }

    pub(super) fn resource(&self, name: &ResourceName) -> Option<&Block> {
        self.declared().resources.get(name).map(|at| self.block(*at))
    }

    /// Its resources and data sources, in the order of their files.
    pub(super) fn resources(&self) -> &[ResourceName] {
        &self.declared().order
    }

    fn declared(&self) -> &Declarations {
        self.declarations.get_or_init(|| Declarations::of(self))
    }

    fn block(&self, (file, index): Place) -> &Block {
        &self.bodies[file].1.blocks[index]
    }
}
