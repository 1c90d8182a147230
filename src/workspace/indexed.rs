//! A unit and its names.

use std::ops::Deref;
use std::sync::Arc;

use crate::address::UnitId;
use crate::resource::Unit;
use crate::workspace::{Names, ScenarioUnit};

/// A unit with the names by which other units can refer to it, and with what else it can be. The names are collected once.
#[derive(Debug)]
pub struct IndexedUnit {
    /// The unit.
    pub unit: Unit,
    /// The names in it, and in what else it can be.
    pub names: Names,
    /// The scenarios of the unit, its own values first; empty if its values are all that it can have.
    pub scenarios: Vec<ScenarioUnit>,
}

impl From<Unit> for IndexedUnit {
    fn from(unit: Unit) -> IndexedUnit {
        IndexedUnit { names: Names::of(&unit), unit, scenarios: Vec::new() }
    }
}

impl IndexedUnit {
    /// The unit of several scenarios, each of which is the unit with other values; `None` if there is none.
    pub fn of_scenarios(units: Vec<(IndexedUnit, ScenarioUnit)>) -> Option<IndexedUnit> {
        let mut units = units.into_iter();
        let (mut first, scenario) = units.next()?;
        let mut scenarios = vec![scenario];
        for (unit, scenario) in units {
            first.unit.add_inputs(&unit);
            scenarios.push(ScenarioUnit { unit: Some(Arc::new(unit)), ..scenario });
        }
        Some(first.with_scenarios(scenarios))
    }

    /// The unit with its scenarios.
    #[must_use]
    fn with_scenarios(mut self, scenarios: Vec<ScenarioUnit>) -> IndexedUnit {
        for scenario in &scenarios {
            let alternatives = scenario.groups.iter().flatten().map(|alternative| &alternative.unit);
            scenario.unit.iter().chain(alternatives).for_each(|unit| self.names.extend(&unit.names));
        }
        self.scenarios = scenarios;
        self
    }
}

impl IndexedUnit {
    /// The identities of its resources in all scenarios.
    pub fn ids(&self) -> impl Iterator<Item = UnitId> {
        let scenarios = self.scenarios.iter().filter_map(|scenario| scenario.unit.as_ref());
        scenarios.map(|unit| unit.id).chain([self.id])
    }

    /// The unit in each of its scenarios, with their names.
    pub fn in_each_scenario(&self) -> Vec<(Option<&str>, &Unit)> {
        if self.scenarios.is_empty() {
            return vec![(None, &self.unit)];
        }
        let units = self.scenarios.iter().map(|scenario| {
            let unit = scenario.unit.as_ref().map_or(&self.unit, |unit| &unit.unit);
            (scenario.name.as_deref(), unit)
        });
        units.collect()
    }
}

impl Deref for IndexedUnit {
    type Target = Unit;

    fn deref(&self) -> &Unit {
        &self.unit
    }
}
