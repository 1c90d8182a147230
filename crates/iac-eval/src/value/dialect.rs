//! The languages that the keys of objects are written in.

use smol_str::SmolStr;

/// The language that the keys of an object are written in: data, or the arguments and blocks of a tool.
#[derive(Debug)]
pub struct Dialect {
    /// What it is called.
    pub name: &'static str,
    /// What its authors call a member that the request has under a key.
    pub name_of: fn(&str) -> SmolStr,
    /// Whether a member that the request has as ENABLED or DISABLED is written as a boolean.
    pub is_switch: fn(&str) -> bool,
    /// Whether objects are blocks: their place is the words that open them, and scalars are converted to the type that is
    /// wanted.
    pub has_blocks: bool,
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Dialect) -> bool {
        self.name == other.name
    }
}

/// Data whose keys are those of the request.
pub static DATA: Dialect =
    Dialect { name: "data", name_of: |key| SmolStr::from(key), is_switch: |_| false, has_blocks: false };

/// Blocks and arguments whose names are those that were written.
pub static BLOCKS: Dialect =
    Dialect { name: "blocks", name_of: |key| SmolStr::from(key), is_switch: |_| false, has_blocks: true };
