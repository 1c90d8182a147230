//! "Did you mean …?" in three forms: a hint, a fix that sets another value, and a fix that renames a key.

use super::prelude::*;
use crate::value::Entry;

/// Adds a help that suggests `near`.
pub fn hint(finding: Finding, near: &str) -> Finding {
    finding.help(format!("did you mean `{near}`?"))
}

/// Adds a help that suggests `near`, and a fix that sets the member to it.
pub fn value(finding: Finding, field: Field, near: &str) -> Finding {
    hint(finding, near).fix(Safety::Unsafe, format!("set `{field}` to `{near}`"), field.set(near))
}

/// Adds a help that suggests the key `near`, and a fix that renames the member to it.
pub fn key(finding: Finding, entry: &Entry, near: &str, safety: Safety) -> Finding {
    let title = format!("rename `{}` to `{near}`", entry.written);
    hint(finding, near).fix(safety, title, [Change::rename(entry, near)])
}
