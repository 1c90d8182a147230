//! What the things are that values refer to, by their types.

use crate::address::Address;
use crate::frontend;
use crate::resource::RefKind;

/// What kind of thing an address names; `None` if nothing is known of its type.
pub(crate) fn ref_kind(address: &Address) -> Option<RefKind> {
    frontend::ref_kind(&address.resource)
}

/// Whether an address names a thing of a kind that the files themselves create.
pub(crate) fn is_declared(address: &Address, kind: RefKind) -> bool {
    !address.is_data() && ref_kind(address) == Some(kind)
}
