//! The caller's knowledge about resource types. The evaluator itself knows no resource types, except for data sources
//! whose attributes depend only on their own arguments.

use std::fmt;

use crate::address::ResourceName;
use crate::source::Span;
use crate::value::Node;

/// Selects the resources to evaluate, and provides knowledge about resources and modules beyond the files. Every method
/// has a default: evaluate everything, and know nothing else.
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
    /// The arguments and blocks of a resource to evaluate; `None` to omit the resource from the result. Other resources
    /// can still refer to it.
    fn arguments(&self, resource: &ResourceName) -> Option<Arguments> {
        let _ = resource;
        Some(Arguments::All)
    }

    /// Whether to collect the [`Resource::dependencies`](crate::terraform::Resource::dependencies) of a resource.
    fn has_order(&self, resource: &ResourceName) -> bool {
        let _ = resource;
        false
    }

    /// The argument of a data source that has the same value as one of its attributes; `None` if there is no such
    /// argument.
    fn argument_of_attribute(&self, source: &ResourceName, attribute: &str) -> Option<&'static str> {
        let _ = (source, attribute);
        None
    }

    /// Returns `true` if an argument of a resource is a secret by its meaning, such as a database password. `argument` returns
    /// the values of the resource's other arguments.
    fn is_secret(
        &self,
        resource: &ResourceName,
        name: &str,
        argument: &dyn Fn(&str) -> Option<Node>,
    ) -> bool {
        let _ = (resource, name, argument);
        false
    }

    /// The arguments of a resource type that [`Provider::is_secret`] may be true for.
    fn secret_arguments(&self, kind: &str) -> &'static [&'static str] {
        let _ = kind;
        &[]
    }

    /// Returns `true` if a name, such as `db_password`, can reveal that its value is a secret.
    fn reveals(&self, name: &str) -> bool {
        let _ = name;
        false
    }

    /// Returns `true` if a value is a secret under such a name, and not a reference to one or a setting.
    fn is_secret_value(&self, name: &str, value: &str) -> bool {
        let _ = (name, value);
        false
    }

    /// The value of a function that Terraform does not have; `None` if there is no such function, or if its value is unknown.
    fn function(&self, name: &str, args: &[Node], at: Span) -> Option<Node> {
        let _ = (name, args, at);
        None
    }

    /// The value of a name that Terraform does not have; `None` if there is no such name.
    fn name(&self, name: &str, at: Span) -> Option<Node> {
        let _ = (name, at);
        None
    }

    /// Published modules whose resources are known even if their sources are not on disk.
    fn known_modules(&self) -> &'static [KnownModule] {
        &[]
    }
}

/// A provider without any knowledge: every resource is evaluated, with all of its arguments.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProvider;

impl Provider for NoProvider {}

/// The arguments and blocks of a resource to evaluate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// All of them.
    All,
    /// Only those with these names. The others are unknown.
    Only(&'static [&'static str]),
}

impl Arguments {
    /// Returns `true` if the argument or block with this name is evaluated.
    pub fn contains(self, name: &str) -> bool {
        match self {
            Arguments::All => true,
            Arguments::Only(names) => names.contains(&name),
        }
    }
}

/// A published module, and the resources that it creates from its arguments.
#[derive(Debug)]
pub struct KnownModule {
    /// Parts of its source; a source that contains all of them matches.
    pub source: &'static [&'static str],
    /// The map argument for which each member creates one set of the resources; `None` if the call creates one set.
    pub each: Option<&'static str>,
    /// The resources that it creates.
    pub resources: &'static [KnownResource],
}

/// A resource that a published module creates.
#[derive(Debug)]
pub struct KnownResource {
    /// Its type.
    pub kind: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its arguments by path (`network_configuration/subnets`), and the origin of each.
    pub arguments: &'static [(&'static str, Origin)],
}

/// The origin of a resource argument.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// The module argument with this name.
    Argument(&'static str),
    /// The module argument, or this text as the default.
    Or(&'static str, &'static str),
    /// The module argument, or a list of this text as the default.
    OrList(&'static str, &'static str),
    /// The values of a map, each as a block.
    Values(&'static str),
    /// A map of named objects, or a list of them, as JSON in camel case.
    NamedJson(&'static str),
    /// An attribute of another resource of the module: its type, its name, and the attribute.
    Sibling(&'static str, &'static str, &'static str),
}
