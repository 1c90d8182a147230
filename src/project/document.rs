//! One request, and what is known of the Terraform block that it comes of.

use smol_str::SmolStr;

use crate::address::{Address, ModulePath, ResourceId, ResourceRef};
use crate::node::Node;
use crate::project::{Kind, Scope};
use crate::span::Span;

/// One request that AWS would be sent, or one answer of AWS that tells what is there.
#[derive(Clone, Debug)]
pub struct Document {
    /// What tells it from all others.
    pub id: ResourceId,
    /// Which request.
    pub kind: Kind,
    /// The request in the API's own shape.
    pub request: Node,
    /// What can be linked with it: documents of one scope know each other's addresses.
    pub scope: Scope,
    /// Its address in Terraform; none in JSON.
    pub address: Option<ResourceRef>,
    /// The arguments whose changes Terraform ignores (`lifecycle.ignore_changes`): their live values may differ.
    pub ignored: Vec<SmolStr>,
    /// The blocks that Terraform makes before a service, listener or rule, if they are known.
    pub depends: Option<Vec<Address>>,
    /// Whether Terraform may make another document in its place, or make it elsewhere.
    pub conditional: bool,
    /// Whether it names a provider or a region of its own.
    pub is_elsewhere: bool,
    /// What to point at where something is missing: the block's header, the family, the file's first brace.
    pub title: Span,
}

impl Document {
    /// Whether the other is written in the same module of the same Terraform root.
    pub fn is_beside(&self, other: &Document) -> bool {
        self.scope == other.scope && self.module().is_some() && self.module() == other.module()
    }

    /// Its module; `None` outside of Terraform.
    fn module(&self) -> Option<&ModulePath> {
        self.address.as_ref().map(|address| &address.module)
    }

    /// Whether it may stand for several, since `count` or `for_each` is not known.
    pub fn may_be_several(&self) -> bool {
        self.conditional && self.address.as_ref().is_some_and(|address| address.key.is_none())
    }

    /// Whether Terraform leaves changes of an argument alone, so that its live value may differ.
    pub fn ignores(&self, argument: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored == argument || ignored == "all")
    }

    /// Whether Terraform makes the other before it, or may.
    pub fn waits_for(&self, other: &Document) -> bool {
        let is_other =
            |block: &Address| other.address.as_ref().is_some_and(|other| other.is_same_block(block));
        self.depends.as_ref().is_none_or(|all| all.iter().any(is_other))
    }

    /// Whether the other comes of the same block, by `count` or `for_each`.
    pub fn is_twin(&self, other: &Document) -> bool {
        let (Some(ours), Some(theirs)) = (&self.address, &other.address) else { return false };
        ours.is_same_block(theirs) && ours.key != theirs.key
    }

    /// Whether it is the other.
    pub fn is(&self, other: &Document) -> bool {
        self.id == other.id
    }
}
