//! The caller's knowledge about resource types.

use std::fmt;

use smol_str::SmolStr;

/// What the caller knows about resource types. An attribute that several references name has one canonical name, so that two
/// references to the same value are equal: `Ref` of a security group and its attribute `GroupId` are both `id`.
pub trait Types: fmt::Debug + Sync {
    /// The canonical name of what `Ref` returns for a resource type.
    fn reference(&self, kind: &str) -> SmolStr {
        let _ = kind;
        SmolStr::new_static("ref")
    }

    /// The canonical name of an attribute.
    fn attribute(&self, kind: &str, attribute: &str) -> SmolStr {
        let _ = kind;
        attribute.into()
    }

    /// The attributes of a type; `None` if they are not known.
    fn attributes(&self, kind: &str) -> Option<&'static [&'static str]> {
        let _ = kind;
        None
    }

    /// Whether a type is one whose resources the caller reads.
    fn is_read(&self, kind: &str) -> bool {
        let _ = kind;
        true
    }

    /// Whether to collect the [`Resource::dependencies`](crate::cloudformation::Resource::dependencies) of a type.
    fn has_order(&self, kind: &str) -> bool {
        let _ = kind;
        false
    }

    /// The property that has the same value as an attribute; `None` if there is none.
    fn property_of_attribute(&self, kind: &str, attribute: &str) -> Option<&'static str> {
        let _ = (kind, attribute);
        None
    }
}
