//! The kinds of objects that values refer to, by resource type.

use crate::address::Address;
use crate::frontend;
use crate::resource::RefKind;

/// The kind of object that an address refers to; `None` if its type is unknown.
pub(crate) fn ref_kind(address: &Address) -> Option<RefKind> {
    frontend::ref_kind(&address.resource)
}

/// Returns `true` if an address refers to an object of a kind that the files themselves create.
pub(crate) fn is_declared(address: &Address, kind: RefKind) -> bool {
    !address.is_data() && ref_kind(address) == Some(kind)
}
