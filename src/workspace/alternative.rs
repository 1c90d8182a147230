//! What a unit is with other values: in another scenario of the repository, or if an unknown value were known.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::choice::Assumption;
use crate::workspace::IndexedUnit;

/// A set of values that the repository holds for a unit, such as a `.tfvars` file.
#[derive(Clone, Debug)]
pub struct ScenarioUnit {
    /// Its name: `prod`. `None` for a unit that has only its own values.
    pub name: Option<SmolStr>,
    /// The unit with these values; `None` if it is the unit that has this list.
    pub unit: Option<Arc<IndexedUnit>>,
    /// What the unit can be where values are still unknown. In each group, one of the alternatives is true.
    pub groups: Vec<Vec<Alternative>>,
    /// The unit without the defaults of models; `None` if it has no models. An error that it does not have depends on one of
    /// them.
    pub without_defaults: Option<Arc<IndexedUnit>>,
}

/// A unit under assumptions about values that are unknown.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The assumptions.
    pub assumptions: Vec<Assumption>,
    /// The unit.
    pub unit: Arc<IndexedUnit>,
}
