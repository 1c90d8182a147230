//! The output of front ends: requests as plain data, regardless of the input format.

use std::sync::Arc;

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
pub use traits::{Language, Links, Traits};
pub use unit::{
    Content, Failure, MissingArgument, ModuleCall, Removal, SupportedBy, Unit, UnknownArgument, UnreadCall,
};

/// A request to the AWS API, or a response of AWS that describes an existing resource.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its unique id.
    pub id: ResourceId,
    /// The kind of request.
    pub kind: Kind,
    /// The request in the structure of the API.
    pub request: Node,
    /// Its address; `None` in formats without addresses.
    pub address: Option<ResourceRef>,
    /// How the deployment tool treats it.
    pub lifecycle: Lifecycle,
    /// How its request is sent to AWS.
    pub traits: &'static Traits,
    /// What made it, if it is in a generated template.
    pub origin: Option<Arc<Origin>>,
    /// The rules that its metadata suppresses.
    pub ignored_rules: Vec<IgnoredRule>,
    /// The place to report when a member is missing: the header of a block, the family, or the first brace of a file.
    pub header: Span,
}

/// A rule that metadata suppresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredRule {
    /// The name, which may be misspelled.
    pub rule: SmolStr,
    /// The place of the name; `None` if a check of another linter is written there.
    pub at: Option<Span>,
}

/// What made a resource of a generated template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The path of the construct.
    pub construct: SmolStr,
    /// The line of the source; `None` if it is not in the files.
    pub at: Option<Span>,
}

/// How the deployment tool treats a resource, expressed in members of the API.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    /// The members whose live values the tool does not change.
    pub ignored: Ignored,
    /// The blocks that are created before it; `None` if they are unknown, or no rule needs them.
    pub depends_on: Option<Vec<Address>>,
    /// Whether it may not exist, exist several times, or be created by another provider.
    pub is_conditional: bool,
    /// Whether it sets its own provider or Region.
    pub has_own_provider: bool,
    /// The Region that the resource or its own provider configuration sets.
    pub region: Option<Node>,
}

/// The members of a request whose live values may differ from the files.
#[derive(Clone, Debug)]
pub enum Ignored {
    /// These members, as paths in the API: `desiredCount`, `deploymentConfiguration/maximumPercent`.
    Members(Vec<SmolStr>),
    /// All members.
    All,
}

impl Default for Ignored {
    fn default() -> Ignored {
        Ignored::Members(Vec::new())
    }
}

impl Resource {
    /// The unit that contains it.
    pub fn unit(&self) -> UnitId {
        self.id.unit
    }

    /// Returns `true` if both are the same resource.
    pub fn is(&self, other: &Resource) -> bool {
        self.id == other.id
    }

    /// Returns `true` if the files create the resource, so that they define all of it.
    pub fn is_declared(&self) -> bool {
        self.traits.is_declarative
    }

    /// The name of a request member in the author's language.
    pub fn name_of(&self, member: &str) -> SmolStr {
        let dialect = self.request.as_object().map_or(&DATA, |request| request.dialect);
        (dialect.name_of)(member)
    }

    /// Its module; `None` in formats without modules.
    pub fn module(&self) -> Option<&ModulePath> {
        self.address.as_ref().map(|address| &address.module)
    }

    /// Returns `true` if both are declared in the same module of the same unit.
    pub fn is_in_module_of(&self, other: &Resource) -> bool {
        self.unit() == other.unit() && self.module().is_some() && self.module() == other.module()
    }

    /// Returns `true` if the other resource certainly exists whenever this one does, as far as their units decide.
    pub fn is_deployed_with(&self, other: &Resource) -> bool {
        self.unit() == other.unit() || !self.traits.is_reusable
    }

    /// Returns `true` if it may represent several resources, because its instances are unknown.
    pub fn may_be_several(&self) -> bool {
        self.lifecycle.is_conditional && self.address.as_ref().is_some_and(|address| address.key.is_none())
    }

    /// Returns `true` if the live value of a member may differ from the files; `member` is a path in the API.
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

    /// Returns `true` if the other resource is, or may be, created before this one.
    pub fn waits_for(&self, other: &Resource) -> bool {
        let is_other =
            |block: &Address| other.address.as_ref().is_some_and(|other| other.is_same_block(block));
        self.lifecycle.depends_on.as_ref().is_none_or(|all| all.iter().any(is_other))
    }

    /// Returns `true` if the two are different instances of the same block.
    pub fn is_sibling_instance(&self, other: &Resource) -> bool {
        let (Some(ours), Some(theirs)) = (&self.address, &other.address) else { return false };
        ours.is_same_block(theirs) && ours.key != theirs.key
    }
}
