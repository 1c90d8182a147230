//! An evaluated resource.

use smol_str::SmolStr;

use crate::address::{Address, ResourceRef};
use crate::source::Span;
use crate::value::Node;

/// The meta-arguments that Terraform accepts in every resource.
pub const META_ARGUMENTS: &[&str] = &["count", "for_each", "provider", "depends_on"];

/// The blocks that Terraform accepts in every resource, and `timeouts`, which many resources accept.
pub const META_BLOCKS: &[&str] = &["lifecycle", "provisioner", "connection", "timeouts"];

/// A resource or data source, as Terraform would pass it to its provider.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its address; without an instance key if the instances are unknown.
    pub address: ResourceRef,
    /// Its arguments and blocks; each kind of block is a list of objects.
    pub body: Node,
    /// The arguments listed in `lifecycle.ignore_changes`; `all` for all of them.
    pub ignore_changes: Vec<SmolStr>,
    /// The blocks that Terraform creates before it, because it refers to them or lists them in `depends_on`. `None` if
    /// that is unknown, or [`Provider::has_order`](crate::terraform::Provider::has_order) returns `false`.
    pub dependencies: Option<Vec<Address>>,
    /// Whether it sets `count`, `for_each`, or a provider, so that other blocks may exist in its place.
    pub is_conditional: bool,
    /// The first words of the block: the place to report when an argument is missing.
    pub header: Span,
    /// Whether it sets its own provider or region.
    pub has_own_provider: bool,
    /// The Region that the resource or its own provider configuration sets.
    pub region: Option<Node>,
}
