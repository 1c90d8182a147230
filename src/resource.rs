//! What front ends produce: requests as plain data, whichever format they were written in.

use smol_str::SmolStr;

use crate::address::{Address, ModulePath, ResourceId, ResourceRef, UnitId};
use crate::source::Span;
use crate::value::{DATA, Node};

mod kind;
mod reference;
mod traits;
mod unit;

pub use kind::Kind;
pub use reference::RefKind;
pub use traits::{Links, Traits};
pub use unit::{Failure, ModuleCall, Unit, UnknownArgument};

/// One request that AWS would be sent, or one answer of AWS that tells what is there.
#[derive(Clone, Debug)]
pub struct Resource {
    /// What tells it from all others.
    pub id: ResourceId,
    /// Which request.
    pub kind: Kind,
    /// The request in the API's own shape.
    pub request: Node,
    /// Its address; `None` in formats without addresses.
    pub address: Option<ResourceRef>,
    /// How the tool that deploys it treats it.
    pub lifecycle: Lifecycle,
    /// How its request reaches AWS.
    pub traits: &'static Traits,
    /// What to point at where something is missing: the header of a block, the family, the first brace of a file.
    pub header: Span,
}

/// How the tool that deploys a resource treats it, in terms of the API.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    /// The members whose live values the tool leaves alone.
    pub ignored: Ignored,
    /// The blocks that are created before it, if that is known and a rule asks.
    pub depends_on: Option<Vec<Address>>,
    /// Whether it may not exist, exist several times, or be created by another provider.
    pub is_conditional: bool,
    /// Whether it names a provider or a region of its own.
    pub has_own_provider: bool,
}

/// Members of a request whose live values may differ from those written.
#[derive(Clone, Debug)]
pub enum Ignored {
    /// These, by their paths in the API: `desiredCount`, `deploymentConfiguration/maximumPercent`.
    Members(Vec<SmolStr>),
    /// All.
    All,
}

impl Default for Ignored {
    fn default() -> Ignored {
        Ignored::Members(Vec::new())
    }
}

impl Resource {
    /// The unit it belongs to.
    pub fn unit(&self) -> UnitId {
        self.id.unit
    }

    /// Whether it is the other.
    pub fn is(&self, other: &Resource) -> bool {
        self.id == other.id
    }

    /// Whether the files create it, so that they tell all that it has.
    pub fn is_declared(&self) -> bool {
        self.traits.is_declarative
    }

    /// What its authors call a member of the request.
    pub fn name_of(&self, member: &str) -> SmolStr {
        let dialect = self.request.as_object().map_or(&DATA, |request| request.dialect);
        (dialect.name_of)(member)
    }

    /// Its module; `None` in formats without modules.
    pub fn module(&self) -> Option<&ModulePath> {
        self.address.as_ref().map(|address| &address.module)
    }

    /// Whether the other is written in the same module of the same unit.
    pub fn is_in_module_of(&self, other: &Resource) -> bool {
        self.unit() == other.unit() && self.module().is_some() && self.module() == other.module()
    }

    /// Whether it may stand for several, since its instances are not known.
    pub fn may_be_several(&self) -> bool {
        self.lifecycle.is_conditional && self.address.as_ref().is_some_and(|address| address.key.is_none())
    }

    /// Whether the live value of a member may differ from the one written; `member` is a path in the API.
    pub fn ignores(&self, member: &str) -> bool {
        match &self.lifecycle.ignored {
            Ignored::All => true,
            Ignored::Members(paths) => paths.iter().any(|path| {
                member
                    .strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }),
        }
    }

    /// Whether the other is created before it, or may be.
    pub fn waits_for(&self, other: &Resource) -> bool {
        let is_other =
            |block: &Address| other.address.as_ref().is_some_and(|other| other.is_same_block(block));
        self.lifecycle.depends_on.as_ref().is_none_or(|all| all.iter().any(is_other))
    }

    /// Whether the other is another instance of the same block.
    pub fn is_sibling_instance(&self, other: &Resource) -> bool {
        let (Some(ours), Some(theirs)) = (&self.address, &other.address) else { return false };
        ours.is_same_block(theirs) && ours.key != theirs.key
    }
}
