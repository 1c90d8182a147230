//! "Did you mean …?" in its three forms: a hint, a fix that writes another value, and a fix that renames a key.

use super::prelude::*;
use crate::value::Entry;

/// Asks whether `near` was meant.
pub fn hint(finding: Finding, near: &str) -> Finding {
    finding.help(format!("did you mean `{near}`?"))
}

/// Asks whether `near` was meant, and offers to write it as the value of the member.
pub fn value(finding: Finding, field: Field, near: &str) -> Finding {
    hint(finding, near).fix(Safety::Unsafe, format!("write `{near}`"), field.set(near))
}

/// Asks whether the key `near` was meant, and offers to rename the member.
pub fn key(finding: Finding, entry: &Entry, near: &str, safety: Safety) -> Finding {
    hint(finding, near).fix(safety, format!("rename it to `{near}`"), [Change::rename(entry, near)])
}
