//! A unit and its names.

use std::ops::Deref;

use crate::resource::Unit;
use crate::workspace::Names;

/// A unit with the names by which other units can refer to it. The names are collected once.
#[derive(Debug)]
pub struct IndexedUnit {
    /// The unit.
    pub unit: Unit,
    /// The names in it.
    pub names: Names,
}

impl From<Unit> for IndexedUnit {
    fn from(unit: Unit) -> IndexedUnit {
        IndexedUnit { names: Names::of(&unit), unit }
    }
}

impl Deref for IndexedUnit {
    type Target = Unit;

    fn deref(&self) -> &Unit {
        &self.unit
    }
}
