//! Dialects: the naming conventions of object keys.

use smol_str::SmolStr;

/// The naming convention of an object's keys: plain data, or the arguments and blocks of a tool.
#[derive(Debug)]
pub struct Dialect {
    /// Its name.
    pub name: &'static str,
    /// Maps a key of the request to the name that authors use.
    pub name_of: fn(&str) -> SmolStr,
    /// Returns `true` for a key whose values ENABLED and DISABLED are written as a boolean.
    pub is_switch: fn(&str) -> bool,
    /// Whether objects are blocks. The place of a block is its header, and scalars are converted to the requested type.
    pub has_blocks: bool,
    /// Whether each key has one correct spelling, which is that of [`name_of`](Dialect::name_of).
    pub is_strict: bool,
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Dialect) -> bool {
        self.name == other.name
    }
}

/// Plain data with the keys of the request.
pub static DATA: Dialect = Dialect {
    name: "data",
    name_of: |key| SmolStr::from(key),
    is_switch: |_| false,
    has_blocks: false,
    is_strict: false,
};

/// Blocks and arguments, with their names as written.
pub static BLOCKS: Dialect = Dialect {
    name: "blocks",
    name_of: |key| SmolStr::from(key),
    is_switch: |_| false,
    has_blocks: true,
    is_strict: false,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_is_known_by_its_name() {
        assert!(DATA == DATA && BLOCKS == BLOCKS && DATA != BLOCKS);
    }
}
