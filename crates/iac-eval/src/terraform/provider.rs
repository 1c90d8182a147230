//! What a reader of configurations knows of the resources in them. The evaluator itself knows no resource type.

use std::fmt;

use crate::address::ResourceName;

/// What is wanted of a configuration, and what is known of its resources and modules beyond what the files say.
pub trait Provider: fmt::Debug + Sync {
    /// The arguments and blocks of a resource that are evaluated; `None` if the resource is of no use.
    fn arguments(&self, resource: &ResourceName) -> Option<&'static [&'static str]>;

    /// Whether it is asked what Terraform creates before the resource.
    fn has_order(&self, resource: &ResourceName) -> bool;

    /// The argument of a data source whose value an attribute is, though only the provider says so.
    fn argument_of_attribute(&self, source: &ResourceName, attribute: &str) -> Option<&'static str>;

    /// The modules whose resources are known, though their sources are not on the disk.
    fn known_modules(&self) -> &'static [KnownModule];
}

/// A published module, and what it makes of its arguments.
#[derive(Debug)]
pub struct KnownModule {
    /// Parts of its source; all of them name it.
    pub source: &'static [&'static str],
    /// The argument that is a map, of which each member makes one set of the resources; `None` if the call makes one.
    pub each: Option<&'static str>,
    /// What it makes.
    pub resources: &'static [KnownResource],
}

/// A resource that a published module makes.
#[derive(Debug)]
pub struct KnownResource {
    /// Its type.
    pub kind: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its arguments by their paths, `network_configuration/subnets`, and where each comes from.
    pub arguments: &'static [(&'static str, Origin)],
}

/// Where an argument of a resource comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// The argument of the module of that name.
    Argument(&'static str),
    /// The same, or else this text.
    Or(&'static str, &'static str),
    /// The same, or else a list of this text.
    OrList(&'static str, &'static str),
    /// The values of a map, each a block.
    Values(&'static str),
    /// A map of objects by their names, or a list of them, as JSON in camel case.
    NamedJson(&'static str),
    /// An attribute of another resource of the module: its type, its name, and the attribute.
    Sibling(&'static str, &'static str, &'static str),
}
