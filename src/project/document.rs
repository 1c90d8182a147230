//! One request, and what is known of the Terraform block that it comes of.

use smol_str::SmolStr;

use crate::node::Node;
use crate::project::{Kind, Scope};
use crate::span::Span;

/// One request that AWS would be sent, or one answer of AWS that tells what is there.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which request.
    pub kind: Kind,
    /// The request in the API's own shape.
    pub request: Node,
    /// What can be linked with it: documents of one scope know each other's addresses.
    pub scope: Scope,
    /// Its address in Terraform, `aws_ecs_service.web`; none in JSON.
    pub address: Option<SmolStr>,
    /// The arguments whose changes Terraform ignores (`lifecycle.ignore_changes`): their live values may differ.
    pub ignored: Vec<SmolStr>,
    /// What Terraform makes before a service, listener or rule, each address without instance keys, if that is known.
    pub depends: Option<Vec<SmolStr>>,
    /// Whether Terraform may make another document in its place, or make it elsewhere.
    pub conditional: bool,
    /// What to point at where something is missing: the block's header, the family, the file's first brace.
    pub title: Span,
}

impl Document {
    /// Whether the other is written in the same module of the same Terraform root.
    pub fn is_beside(&self, other: &Document) -> bool {
        self.scope == other.scope && self.module().is_some() && self.module() == other.module()
    }

    /// What the addresses of its module begin with, `module.web`; empty for a root's own, none outside of Terraform.
    fn module(&self) -> Option<&str> {
        Some(self.block()?.rsplitn(3, '.').nth(2).unwrap_or_default())
    }

    /// The address of the block that it comes of.
    fn block(&self) -> Option<&str> {
        self.address.as_deref().map(block_of)
    }

    /// Whether it may stand for several, since `count` or `for_each` is not known.
    pub fn may_be_several(&self) -> bool {
        self.conditional && self.block() == self.address.as_deref()
    }

    /// Whether Terraform leaves changes of an argument alone, so that its live value may differ.
    pub fn ignores(&self, argument: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored == argument || ignored == "all")
    }

    /// Whether Terraform makes the other before it, or may.
    pub fn waits_for(&self, other: &Document) -> bool {
        self.depends.as_ref().is_none_or(|all| all.iter().any(|address| other.block() == Some(address)))
    }

    /// Whether the other comes of the same block, by `count` or `for_each`.
    pub fn is_twin(&self, other: &Document) -> bool {
        self.scope == other.scope
            && self.block().is_some()
            && self.block() == other.block()
            && self.address != other.address
    }
}

/// An address without the key of its last part: what a reference names whose index is not known.
pub(crate) fn block_of(address: &str) -> &str {
    match address.strip_suffix(']') {
        Some(keyed) => keyed.rsplit_once('[').map_or(address, |(block, _)| block),
        None => address,
    }
}
