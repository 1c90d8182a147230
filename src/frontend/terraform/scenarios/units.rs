//! The Terragrunt units that apply a root module.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::frontend::terraform::scenarios::{MAX_SCENARIOS, Scenarios, VarFiles};
use crate::terraform::Directory;
use crate::terragrunt::{Module, Unit};

/// The units of each module on disk.
#[derive(Debug, Default)]
pub(in crate::frontend::terraform) struct Units(BTreeMap<PathBuf, Vec<Unit>>);

impl Units {
    /// Groups units by their modules.
    pub(in crate::frontend::terraform) fn new(units: Vec<Unit>) -> Units {
        let mut of_module: BTreeMap<PathBuf, Vec<Unit>> = BTreeMap::new();
        for unit in units {
            if let Module::Local(path) = &unit.module {
                of_module.entry(path.clone()).or_default().push(unit);
            }
        }
        Units(of_module)
    }

    /// The modules that units apply.
    pub(in crate::frontend::terraform) fn modules(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.keys()
    }

    /// The scenarios of a root module; `None` if no unit applies it.
    pub(in crate::frontend::terraform) fn scenarios(&self, root: &Directory) -> Option<Scenarios> {
        let units = self.0.get(&root.path)?;
        let set = |unit: &Unit| VarFiles {
            name: unit.name.clone(),
            files: unit.files.clone(),
            values: unit.variables(root),
            unit: Some(unit.id()),
            is_complete: unit.is_complete,
            external: unit.external.clone(),
        };
        let sets = units.iter().take(MAX_SCENARIOS).map(set).collect();
        let left_out = units.len().saturating_sub(MAX_SCENARIOS);
        Some(Scenarios { sets, left_out, ..Scenarios::default() })
    }
}
