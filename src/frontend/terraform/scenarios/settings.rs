//! The scenarios in `ecslint.toml`.

use crate::frontend::terraform::scenarios::{Scenarios, VarFiles, attribute};
use crate::frontend::{RootSettings, ScenarioSettings};
use crate::source::{Sources, VariableInput};
use crate::terraform::variable_attributes;

/// The scenarios that the settings define.
pub(in crate::frontend::terraform) fn of_settings(sources: &Sources, settings: &RootSettings) -> Scenarios {
    let set = |scenario: &ScenarioSettings| {
        let files = settings.var_files.iter().chain(&scenario.var_files);
        let files = files.map(|file| VariableInput::File(*file));
        let of_files = files.flat_map(|file| variable_attributes(&file, sources));
        let values = of_files.chain(scenario.variables.iter().map(attribute)).collect();
        VarFiles::new(scenario.name.clone(), scenario.var_files.clone(), values)
    };
    Scenarios { sets: settings.scenarios.iter().map(set).collect(), ..Scenarios::default() }
}
