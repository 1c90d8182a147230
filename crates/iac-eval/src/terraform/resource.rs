//! What evaluation makes of a resource.

use smol_str::SmolStr;

use crate::address::{Address, ResourceRef};
use crate::source::Span;
use crate::value::Node;

/// The arguments that Terraform has in every resource.
pub const META_ARGUMENTS: &[&str] = &["count", "for_each", "provider", "depends_on"];

/// The blocks that Terraform has in every resource, and `timeouts`, which more and more resources have.
pub const META_BLOCKS: &[&str] = &["lifecycle", "provisioner", "connection", "timeouts"];

/// A resource or data source as its provider would be given it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its address; without an instance key where the instances are not known.
    pub address: ResourceRef,
    /// Its arguments and blocks; each kind of block is a list of objects.
    pub body: Node,
    /// The arguments that `lifecycle.ignore_changes` names; `all` for all of them.
    pub ignore_changes: Vec<SmolStr>,
    /// The blocks that Terraform creates before it, because something of it refers to them or `depends_on` names them.
    /// `None` if that is not known, or [`Provider::has_order`](crate::terraform::Provider::has_order) says that it does not matter.
    pub dependencies: Option<Vec<Address>>,
    /// Whether it has a `count`, a `for_each` or a provider of its own: other blocks may exist in its place.
    pub is_conditional: bool,
    /// What to point at where an argument is missing: the block's first words.
    pub header: Span,
    /// Whether it names a provider or a region of its own.
    pub has_own_provider: bool,
}
