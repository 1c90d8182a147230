//! What the user of the evaluator knows of resources. The evaluator itself knows no resource type, except for data sources
//! that are made of nothing but their own arguments.

use std::fmt;

use crate::address::ResourceName;

/// Which resources are evaluated, and what is known of resources and modules beyond what the files say. Every method has a
/// default, which knows nothing and evaluates everything.
///
/// ```
/// use iac_eval::address::{Mode, ResourceName};
/// use iac_eval::terraform::{Arguments, Provider};
///
/// /// Evaluates the names of buckets and nothing else.
/// #[derive(Debug)]
/// struct Buckets;
///
/// impl Provider for Buckets {
///     fn arguments(&self, resource: &ResourceName) -> Option<Arguments> {
///         let is_bucket = resource.mode == Mode::Managed && resource.kind == "aws_s3_bucket";
///         is_bucket.then_some(Arguments::Only(&["bucket"]))
///     }
/// }
/// ```
pub trait Provider: fmt::Debug + Sync {
    /// The arguments and blocks of a resource that are evaluated; `None` if the resource is left out of the result.
    /// Others may still refer to it.
    fn arguments(&self, resource: &ResourceName) -> Option<Arguments> {
        let _ = resource;
        Some(Arguments::All)
    }

    /// Whether [`Resource::dependencies`](crate::terraform::Resource::dependencies) are collected for a resource.
    fn has_order(&self, resource: &ResourceName) -> bool {
        let _ = resource;
        false
    }

    /// The argument of a data source whose value an attribute has, though only the provider says so; `None` if there is
    /// no such argument.
    fn argument_of_attribute(&self, source: &ResourceName, attribute: &str) -> Option<&'static str> {
        let _ = (source, attribute);
        None
    }

    /// The modules whose resources are known, though their sources are not on the disk.
    fn known_modules(&self) -> &'static [KnownModule] {
        &[]
    }
}

/// A provider that knows nothing: every resource is evaluated, with all of its arguments.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProvider;

impl Provider for NoProvider {}

/// The arguments and blocks of a resource that are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// All of them.
    All,
    /// Those of these names. The others are unknown.
    Only(&'static [&'static str]),
}

impl Arguments {
    /// Whether the argument or block of a name is evaluated.
    pub fn contains(self, name: &str) -> bool {
        match self {
            Arguments::All => true,
            Arguments::Only(names) => names.contains(&name),
        }
    }
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
