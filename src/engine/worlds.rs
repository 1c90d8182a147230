//! The worlds of a component: what its units can be in the scenarios of the repository, and if values were known that no file
//! defines.

use std::sync::Arc;

use crate::choice::Assumption;
use crate::terraform::Defaults;
use crate::terragrunt;
use crate::workspace::{IndexedUnit, ScenarioUnit, Workspace, components};

/// The most resources that all worlds of a component may have together.
const MAX_RESOURCES: usize = 200_000;

/// One world of a component.
#[derive(Debug)]
pub(super) struct World<'u> {
    /// The name of its scenario; `None` if the units have only their own values.
    pub scenario: Option<&'u str>,
    /// The worlds of a scenario with the same group exclude each other, and one of them is true. `None` for the world in which
    /// nothing is assumed.
    pub group: Option<usize>,
    /// Whether the models of modules have their defaults.
    pub defaults: Defaults,
    /// What is assumed in it.
    pub assumptions: &'u [Assumption],
    /// The units.
    pub units: Vec<Arc<IndexedUnit>>,
}

/// The world of a component that its units describe first.
#[derive(Debug)]
pub(crate) struct FirstWorld {
    /// The name of its scenario; `None` if the units have only their own values.
    pub scenario: Option<String>,
    /// The units.
    pub units: Vec<Arc<IndexedUnit>>,
}

/// The worlds of a component.
#[derive(Debug, Default)]
pub(super) struct Worlds<'u> {
    /// Those that are checked.
    pub all: Vec<World<'u>>,
    /// The number of those that are not, because the component is too large.
    pub left_out: usize,
}

/// The worlds of a component, the one that its units describe first. In each, at most one unit has assumptions. If scenarios are
/// selected, only those are worlds, unless the component has none of them.
pub(super) fn worlds<'u>(units: &'u [Arc<IndexedUnit>], selected: &[String]) -> Worlds<'u> {
    let mut worlds = Worlds::default();
    let mut left = MAX_RESOURCES;
    for scenario in chosen(names(units), selected) {
        let unassumed: Vec<Arc<IndexedUnit>> = units.iter().map(|unit| unit.within(scenario)).collect();
        let mut groups = 0;
        let mut add = |group, defaults, assumptions, units: Vec<Arc<IndexedUnit>>| {
            let resources: usize = units.iter().map(|unit| unit.resources.len()).sum();
            match left.checked_sub(resources) {
                // The first world is always checked.
                None if !worlds.all.is_empty() => worlds.left_out += 1,
                rest => {
                    left = rest.unwrap_or(0);
                    worlds.all.push(World { scenario, group, defaults, assumptions, units });
                }
            }
        };
        add(None, Defaults::Count, &[], unassumed.clone());
        let without = |unit: &Arc<IndexedUnit>| unit.scenario(scenario)?.without_defaults.clone();
        if units.iter().any(|unit| without(unit).is_some()) {
            let units = units.iter().zip(&unassumed);
            let units = units.map(|(unit, with)| without(unit).unwrap_or_else(|| Arc::clone(with)));
            add(None, Defaults::MayBeSet, &[], units.collect());
        }
        for (index, unit) in units.iter().enumerate() {
            let chosen = unit.scenario(scenario);
            for group in chosen.into_iter().flat_map(|scenario: &ScenarioUnit| &scenario.groups) {
                for alternative in group {
                    let mut units = unassumed.clone();
                    units[index] = Arc::clone(&alternative.unit);
                    add(Some(groups), Defaults::Count, alternative.assumptions.as_slice(), units);
                }
                groups += 1;
            }
        }
    }
    worlds
}

/// The world of each component that its units describe first: in the first selected scenario, or its first one.
pub(crate) fn first_worlds(workspace: &Workspace, selected: &[String]) -> Vec<FirstWorld> {
    let first = |units: Vec<Arc<IndexedUnit>>| {
        let scenario = chosen(names(&units), selected).into_iter().next().flatten().map(str::to_owned);
        let units = units.iter().map(|unit| unit.within(scenario.as_deref())).collect();
        FirstWorld { scenario, units }
    };
    components(&workspace.units).into_iter().map(first).collect()
}

/// The selected names, or all if none of them is selected.
fn chosen<'u>(names: Vec<Option<&'u str>>, selected: &[String]) -> Vec<Option<&'u str>> {
    let is_selected = |name: &&Option<&str>| name.is_some_and(|name| selected.iter().any(|one| one == name));
    let chosen: Vec<Option<&str>> = names.iter().filter(is_selected).copied().collect();
    if chosen.is_empty() { names } else { chosen }
}

/// The names of all scenarios, in the order of the units; one without a name if there are none.
fn names(units: &[Arc<IndexedUnit>]) -> Vec<Option<&str>> {
    let mut names: Vec<Option<&str>> = Vec::new();
    for name in units.iter().flat_map(|unit| &unit.scenarios).filter_map(|scenario| scenario.name.as_deref())
    {
        if !names.contains(&Some(name)) {
            names.push(Some(name));
        }
    }
    if names.is_empty() { vec![None] } else { names }
}

trait Scenarios {
    /// The scenario with a name, one that belongs to it, or the first one.
    fn scenario(&self, name: Option<&str>) -> Option<&ScenarioUnit>;

    /// The unit in that scenario.
    fn within(&self, name: Option<&str>) -> Arc<IndexedUnit>;
}

impl Scenarios for Arc<IndexedUnit> {
    fn scenario(&self, name: Option<&str>) -> Option<&ScenarioUnit> {
        let names = self.scenarios.iter().map(|scenario| scenario.name.as_deref().unwrap_or_default());
        let names: Vec<&str> = names.collect();
        let position = name.and_then(|name| terragrunt::closest(&names, name));
        self.scenarios.get(position.unwrap_or_default())
    }

    fn within(&self, name: Option<&str>) -> Arc<IndexedUnit> {
        let unit = self.scenario(name).and_then(|scenario| scenario.unit.as_ref());
        Arc::clone(unit.unwrap_or(self))
    }
}
