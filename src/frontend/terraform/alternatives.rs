//! Evaluates a root module once for each set of values that it can have.

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::address::UnitId;
use crate::choice::{Assumed, Assumption, Choice};
use crate::frontend::cache::indexed;
use crate::frontend::choices::{Evaluated, Room};
use crate::frontend::limit;
use crate::frontend::terraform::evaluated::Aws;
use crate::frontend::terraform::root::{self, Wanted};
use crate::frontend::terraform::scenarios::{Scenarios, VarFiles};
use crate::source::{Sources, Span};
use crate::syntax::SyntaxError;
use crate::terraform::{Backends, Configuration, Defaults, Directories, Directory, Scenario, Texts};
use crate::value::More;
use crate::workspace::{IndexedUnit, ScenarioUnit};

/// The evaluations of one root module.
#[derive(Debug)]
pub(super) struct Evaluation<'e> {
    pub sources: &'e Sources,
    pub directories: &'e Directories<'e>,
    pub root: &'e Directory,
    pub wanted: Wanted,
    /// What they read.
    pub inputs: Inputs,
    /// The choices that are not followed.
    pub unfollowed: BTreeSet<SmolStr>,
    /// The number of values in their requests so far.
    pub values: usize,
}

/// Everything that evaluations of a root module read.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// The files, with their texts.
    pub texts: Texts,
    /// The backends of all root modules; `None` if no value depends on them.
    pub backends: Option<Backends>,
    /// The other root modules that values come from.
    pub external: BTreeSet<UnitId>,
}

impl Inputs {
    fn add(&mut self, configuration: &Configuration) {
        for text in configuration.texts() {
            if !self.texts.contains(&text) {
                self.texts.push(text);
            }
        }
        self.backends = self.backends.take().or_else(|| configuration.backends());
        self.external.extend(configuration.external());
    }
}

/// The most values in the requests of a root module in all scenarios and alternatives together, not counting the one that exceeds it.
const MAX_VALUES: usize = 250_000;

/// The name of the scenario in which all variables have their defaults.
const DEFAULTS: &str = "defaults";

/// The places of the defaults of a root module.
fn defaults(root: &Directory) -> Vec<Span> {
    let variables = root.blocks().filter(|block| block.kind == "variable");
    variables.filter_map(|block| Some(block.body.attribute("default")?.value.at)).collect()
}

/// The scenario of the values that Terraform reads by itself.
fn own(scenarios: &Scenarios) -> Scenario {
    Scenario { more_files: scenarios.more_files, ..Scenario::default() }
}

/// The scenario of a set of values.
fn scenario(files: &VarFiles, scenarios: &Scenarios) -> Scenario {
    let (variables, copied) = (files.values.clone(), files.copied.clone());
    let more_files = if files.is_complete { scenarios.more_files } else { More::Maybe };
    Scenario { variables, unit: files.unit, copied, more_files, ..Scenario::default() }
}

impl Evaluation<'_> {
    /// The unit of the root module with all that it can be; `None` if it was not requested.
    pub(super) fn unit(&mut self, scenarios: &Scenarios) -> Option<IndexedUnit> {
        let is_applied_by_units = scenarios.sets.iter().any(|set| set.unit.is_some());
        if self.wanted == Wanted::All && !is_applied_by_units {
            return Some(self.evaluated(&own(scenarios))?.0.unit);
        }
        let own_name = (!scenarios.sets.is_empty()).then(|| SmolStr::new_static(DEFAULTS));
        let own = scenarios.has_own_values.then(|| (own_name, own(scenarios), None));
        let named =
            scenarios.sets.iter().map(|set| (Some(set.name.clone()), scenario(set, scenarios), Some(set)));
        let mut units: Vec<(IndexedUnit, ScenarioUnit)> = Vec::new();
        let mut left_out = scenarios.left_out;
        for (name, scenario, set) in own.into_iter().chain(named) {
            if !units.is_empty() && self.values > MAX_VALUES {
                left_out += 1;
                continue;
            }
            if let Some((mut unit, of_scenario)) = self.within(&scenario, name, scenarios) {
                if set.is_none() && scenarios.has_missing_file {
                    unit.unit.uncertain_defaults = defaults(self.root);
                }
                if let Some(set) = set {
                    unit.unit.files.extend(&set.files);
                    unit.unit.is_complete &= set.is_complete;
                    self.inputs.external.extend(&set.external);
                }
                units.push((unit, of_scenario));
            }
        }
        let mut first = IndexedUnit::of_scenarios(units)?;
        first.unit.foreign_values.clone_from(&scenarios.foreign);
        first.unit.unfollowed = std::mem::take(&mut self.unfollowed);
        for script in &scenarios.cut_scripts {
            let message = "this script has too many commands; only the first ones are read".to_owned();
            first.unit.syntax_errors.push(SyntaxError::limit(Span::new(*script, 0, 0), message));
        }
        if left_out > 0 {
            let message = format!(
                "this root module has {} scenarios; only the first {} are checked",
                scenarios.sets.len() + scenarios.left_out,
                scenarios.sets.len() + scenarios.left_out - left_out
            );
            first.unit.syntax_errors.push(SyntaxError::limit(first.unit.place(), message));
        }
        Some(first)
    }

    /// The unit of the root module in one of its scenarios, and what it can be where values are still unknown.
    fn within(
        &mut self,
        scenario: &Scenario,
        name: Option<SmolStr>,
        all: &Scenarios,
    ) -> Option<(IndexedUnit, ScenarioUnit)> {
        let mut room = Room::default();
        let (Evaluated { unit, mut choices, spent }, has_models) = self.evaluated(scenario)?;
        room.spend(spent);
        // All alternatives have about as many values, and each scenario has the same room for them, so that those of one scenario do not
        // keep another one from being checked.
        let share = MAX_VALUES.saturating_sub(self.values).min(MAX_VALUES / all.sets.len().max(1));
        room.within(share / limit::values(&unit).max(1));
        choices.iter_mut().for_each(|choice| select(choice, name.as_deref(), all));
        let mut evaluate = |assumptions: &[Assumption]| {
            let assumed = Scenario { assumptions: assumptions.to_vec(), ..scenario.clone() };
            self.evaluated(&assumed).map(|(evaluated, _)| evaluated)
        };
        let groups = room.plan(&choices);
        let groups = groups.into_iter().map(|group| room.alternatives(group, &mut evaluate)).collect();
        self.unfollowed.append(&mut room.unfollowed());
        let without_defaults =
            has_models.then(|| Scenario { defaults_of_models: Defaults::MayBeSet, ..scenario.clone() });
        let without_defaults = without_defaults.and_then(|scenario| self.evaluated(&scenario));
        let without_defaults = without_defaults.map(|(evaluated, _)| Arc::new(evaluated.unit));
        Some((unit, ScenarioUnit { name, unit: None, groups, without_defaults }))
    }

    /// Evaluates the root module once; also returns whether it uses models of modules. `None` if it was not requested, or if its variables refuse the assumptions.
    fn evaluated(&mut self, scenario: &Scenario) -> Option<(Evaluated, bool)> {
        let configuration =
            Configuration::new(self.sources, self.directories, &Aws, self.root, scenario, Defaults::Count);
        let unit =
            configuration.is_possible().then(|| root::unit(&configuration, self.root, self.wanted)).flatten();
        // Evaluation found out whether the assumptions are possible.
        let unit = unit.filter(|_| configuration.is_possible());
        let mut choices = configuration.choices();
        let is_new =
            |choice: &Choice| scenario.assumptions.iter().all(|known| known.subject != choice.subject);
        choices.retain(is_new);
        let unit = unit.map(|mut unit| {
            match configuration.secrets() {
                Ok(secrets) => unit.secrets = Some(secrets),
                Err(limit) => {
                    unit.rejections.push(limit);
                    unit.secrets = None;
                }
            }
            indexed(unit)
        });
        self.inputs.add(&configuration);
        self.values += unit.as_ref().map_or(0, |unit| limit::values(unit));
        let evaluated = Evaluated { unit: unit?, choices, spent: configuration.spent() };
        Some((evaluated, configuration.has_models()))
    }
}

/// Keeps the alternatives of a selector that belong to a scenario. A selector that can have the name of a scenario distinguishes
/// scenarios: in `prod.tfvars` it is `prod`, and elsewhere it is none of the names that it is compared with.
fn select(choice: &mut Choice, name: Option<&str>, all: &Scenarios) {
    let is_named = |value: &Assumed| name.is_some_and(|name| value.is_text(name));
    let is_of_other = |value: &Assumed| all.sets.iter().any(|set| value.is_text(&set.name));
    let is_none = |value: &Assumed| matches!(value, Assumed::Other(_));
    let alternatives = &mut choice.alternatives;
    if alternatives.iter().any(is_named) {
        alternatives.retain(is_named);
    } else if alternatives.iter().any(is_of_other) && alternatives.iter().any(is_none) {
        alternatives.retain(is_none);
    } else if !alternatives.iter().all(is_of_other) {
        alternatives.retain(|value| !is_of_other(value));
    }
}
