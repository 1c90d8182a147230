//! Addresses: typed identities of evaluation units, modules, and the resources in them. No other module parses an
//! address from text.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::source::FileId;

mod parse;
#[cfg(test)]
mod tests;

pub use parse::Reference;

/// Identifies a unit: a root module, a plan, a template, or a JSON file. It is the unit's first file, so the id stays
/// the same when other units are added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(FileId);

impl UnitId {
    /// The unit that starts with this file.
    pub fn new(first_file: FileId) -> UnitId {
        UnitId(first_file)
    }

    /// Its first file.
    pub fn first_file(self) -> FileId {
        self.0
    }
}

/// Identifies a resource among all units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId {
    /// The unit that contains it.
    pub unit: UnitId,
    /// Its index among the resources of the unit.
    pub index: u32,
}

impl ResourceId {
    /// The resource at an index of a unit; a unit has fewer than 2^32 resources.
    pub fn new(unit: UnitId, index: usize) -> ResourceId {
        ResourceId { unit, index: u32::try_from(index).unwrap_or(u32::MAX) }
    }
}

/// Whether Terraform manages a resource or only reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Terraform creates and changes it: a `resource` block.
    Managed,
    /// Terraform only reads it: a `data` block.
    Data,
}

/// The key of one instance of a block or a module call: `[0]`, `["blue"]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The index of an instance created by `count`.
    Index(usize),
    /// The key of an instance created by `for_each`.
    Name(SmolStr),
    /// An index whose value is unknown: it can refer to any instance.
    Unknown,
}

/// A module call, as one step of a [`ModulePath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleStep {
    /// The name of the call.
    pub name: SmolStr,
    /// The instance of the call; `None` if the call has no `count` or `for_each`, or if its instances are unknown.
    pub key: Option<Key>,
}

/// The calls that lead from the root module to a module; empty for the root module itself. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModulePath(Arc<[ModuleStep]>);

impl ModulePath {
    /// The path of a module called from the module at this path.
    #[must_use]
    pub fn child(&self, name: SmolStr, key: Option<Key>) -> ModulePath {
        self.0.iter().cloned().chain([ModuleStep { name, key }]).collect()
    }

    /// Returns `true` for the root module.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The calls, from the root module inward.
    pub fn steps(&self) -> &[ModuleStep] {
        &self.0
    }

    /// The names of the calls, from the root module inward.
    pub fn names(&self) -> impl Iterator<Item = &SmolStr> {
        self.0.iter().map(|step| &step.name)
    }

    /// The calls that the module is an instance of, or is nested in. The last step of each has no key, as in the path of a call.
    pub fn calls(&self) -> impl Iterator<Item = ModulePath> {
        self.0.iter().enumerate().map(|(at, step)| {
            let last = ModuleStep { name: step.name.clone(), key: None };
            self.0[..at].iter().cloned().chain([last]).collect()
        })
    }

    fn keys(&self) -> impl Iterator<Item = Option<&Key>> {
        self.0.iter().map(|step| step.key.as_ref())
    }
}

impl FromIterator<ModuleStep> for ModulePath {
    fn from_iter<I: IntoIterator<Item = ModuleStep>>(steps: I) -> ModulePath {
        ModulePath(steps.into_iter().collect())
    }
}

/// A module of a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleAddress {
    /// The unit it is evaluated in.
    pub root: UnitId,
    /// The calls that lead to the module.
    pub path: ModulePath,
}

impl ModuleAddress {
    /// Returns `true` if `instance` is a known instance of this module call.
    pub fn is_same_call(&self, instance: &ModuleAddress) -> bool {
        let is_known = instance.path.keys().all(|key| key != Some(&Key::Unknown));
        is_known && self.root == instance.root && self.path.names().eq(instance.path.names())
    }

    /// Returns `true` if the two are certainly different modules. A call without a key can be any of its instances.
    pub fn is_certainly_other(&self, other: &ModuleAddress) -> bool {
        let is_same_code = self.root == other.root && self.path.names().eq(other.path.names());
        !is_same_code || differ(self.path.keys(), other.path.keys())
    }
}

/// Returns `true` if two instances of the same code differ in at least one key.
fn differ<'k>(
    ours: impl Iterator<Item = Option<&'k Key>>,
    theirs: impl Iterator<Item = Option<&'k Key>>,
) -> bool {
    ours.zip(theirs).any(|keys| match keys {
        (Some(Key::Unknown) | None, _) | (_, Some(Key::Unknown) | None) => false,
        (Some(ours), Some(theirs)) => ours != theirs,
    })
}

/// A resource or data source as its own module names it: `aws_ecs_service.web`, `data.aws_subnets.private`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceName {
    /// `resource` or `data` block.
    pub mode: Mode,
    /// Its type, `aws_ecs_service`.
    pub kind: SmolStr,
    /// Its name, `web`.
    pub name: SmolStr,
}

impl ResourceName {
    /// A `resource` block.
    pub fn managed(kind: impl Into<SmolStr>, name: impl Into<SmolStr>) -> ResourceName {
        ResourceName { mode: Mode::Managed, kind: kind.into(), name: name.into() }
    }

    /// Whether it is a resource of a CloudFormation template. Its type is that of CloudFormation: `AWS::ECS::Service`.
    pub fn is_of_template(&self) -> bool {
        self.kind.contains("::")
    }

    /// A `data` source.
    pub fn data(kind: impl Into<SmolStr>, name: impl Into<SmolStr>) -> ResourceName {
        ResourceName { mode: Mode::Data, kind: kind.into(), name: name.into() }
    }
}

/// The address of a resource: `module.web["a"].aws_ecs_service.this[0]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The unit it is declared in.
    pub root: UnitId,
    /// The module it is declared in.
    pub module: ModulePath,
    /// Its name within the module.
    pub resource: ResourceName,
    /// The instance of the block; `None` if the block has no `count` or `for_each`, or if its instances are unknown.
    pub key: Option<Key>,
}

impl Address {
    /// Returns `true` for a data source.
    pub fn is_data(&self) -> bool {
        self.resource.mode == Mode::Data
    }

    /// The address of the block that this instance belongs to.
    #[must_use]
    pub fn block(&self) -> Address {
        Address { key: None, ..self.clone() }
    }

    /// Returns `true` if both belong to the same block of the same module instance.
    pub fn is_same_block(&self, other: &Address) -> bool {
        self.resource == other.resource && self.root == other.root && self.module == other.module
    }

    /// Returns `true` if the address has an instance key, either of the resource or of a module that contains it.
    pub fn has_keys(&self) -> bool {
        self.keys().any(|key| key.is_some())
    }

    /// Returns `true` if both belong to the same block, ignoring instance keys of the block and of the modules around
    /// it.
    pub fn is_same_code(&self, other: &Address) -> bool {
        self.resource == other.resource
            && self.root == other.root
            && self.module.names().eq(other.module.names())
    }

    /// Returns `true` if the two are certainly different resources. An address without a key can be any instance of the
    /// block.
    pub fn is_certainly_other(&self, other: &Address) -> bool {
        !self.is_same_code(other) || differ(self.keys(), other.keys())
    }

    /// Returns `true` if it is the address of exactly one instance: all keys are known.
    pub fn is_exact(&self) -> bool {
        self.keys().all(|key| key.is_some_and(|key| *key != Key::Unknown))
    }

    /// The names of its modules and its own, without keys: all instances of one block have the same.
    pub fn code(&self) -> String {
        let modules = self.module.names().map(SmolStr::as_str);
        modules
            .chain([self.resource.kind.as_str(), self.resource.name.as_str()])
            .collect::<Vec<_>>()
            .join(".")
    }

    fn keys(&self) -> impl Iterator<Item = Option<&Key>> {
        self.module.keys().chain([self.key.as_ref()])
    }
}

/// A shared address, stored in the values that refer to the resource.
#[derive(Clone, Debug, Eq, PartialOrd, Ord)]
pub struct ResourceRef(Arc<Address>);

impl From<Address> for ResourceRef {
    fn from(address: Address) -> ResourceRef {
        ResourceRef(Arc::new(address))
    }
}

impl PartialEq for ResourceRef {
    fn eq(&self, other: &ResourceRef) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Hash for ResourceRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Deref for ResourceRef {
    type Target = Address;

    fn deref(&self) -> &Address {
        &self.0
    }
}

/// Splits an attribute that names a list item into the list and the index: `names[0]` into `names` and 0. `None` for
/// any other attribute.
pub fn item(attribute: &str) -> Option<(&str, usize)> {
    let (list, index) = attribute.strip_suffix(']')?.rsplit_once('[')?;
    Some((list, index.parse().ok()?))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Key::Index(index) => write!(f, "[{index}]"),
            Key::Name(name) => write!(f, "[{name:?}]"),
            Key::Unknown => f.write_str(SOME_ITEM),
        }
    }
}

/// The display form of a key whose value is unknown.
pub const SOME_ITEM: &str = "[…]";

fn write_key(key: Option<&Key>, f: &mut fmt::Formatter) -> fmt::Result {
    key.map_or(Ok(()), |key| fmt::Display::fmt(key, f))
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            f.write_str(if at == 0 { "module." } else { ".module." })?;
            f.write_str(&step.name)?;
            write_key(step.key.as_ref(), f)?;
        }
        Ok(())
    }
}

impl fmt::Display for ResourceName {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // Within a CloudFormation template, a logical id is unique.
        if self.is_of_template() {
            return f.write_str(&self.name);
        }
        let mode = if self.mode == Mode::Data { "data." } else { "" };
        write!(f, "{mode}{}.{}", self.kind, self.name)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.resource.is_of_template() {
            self.module.names().try_for_each(|stack| write!(f, "{stack}/"))?;
            return write!(f, "{}", self.resource);
        }
        let dot = if self.module.is_root() { "" } else { "." };
        write!(f, "{}{dot}{}", self.module, self.resource)?;
        write_key(self.key.as_ref(), f)
    }
}

impl fmt::Display for ResourceRef {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}
