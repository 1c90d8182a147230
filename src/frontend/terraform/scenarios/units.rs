//! The Terragrunt units that apply a root module.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::frontend::terraform::scenarios::{MAX_SCENARIOS, Scenarios, VarFiles};
use crate::source::Span;
use crate::terraform::Directory;
use crate::terragrunt::{Module, Unit};
use crate::value::More;

/// The units of a run.
#[derive(Debug, Default)]
pub(in crate::frontend::terraform) struct Units {
    /// Those of each module on disk.
    of_module: BTreeMap<PathBuf, Vec<Unit>>,
    /// The sources of the others.
    pub unread: Vec<Span>,
    /// Whether some of them add files to their modules that are not read.
    pub more_files: More,
}

impl Units {
    /// Groups units by their modules.
    pub(in crate::frontend::terraform) fn new(units: Vec<Unit>) -> Units {
        let mut all = Units::default();
        for unit in units {
            if !unit.is_complete {
                all.more_files = More::Maybe;
            }
            match &unit.module {
                Module::Local(path) => all.of_module.entry(path.clone()).or_default().push(unit),
                Module::Remote(source) => all.unread.push(*source),
            }
        }
        all
    }

    /// The modules that units apply.
    pub(in crate::frontend::terraform) fn modules(&self) -> impl Iterator<Item = &PathBuf> {
        self.of_module.keys()
    }

    /// The scenarios of a root module; `None` if no unit applies it.
    pub(in crate::frontend::terraform) fn scenarios(&self, root: &Directory) -> Option<Scenarios> {
        let units = self.of_module.get(&root.path)?;
        let set = |unit: &Unit| VarFiles {
            name: unit.name.clone(),
            files: unit.files.clone(),
            values: unit.variables(root),
            unit: Some(unit.id),
            copied: Some(unit.copied.clone()),
            is_complete: unit.is_complete,
            external: unit.external.clone(),
            call: None,
        };
        let sets = units.iter().take(MAX_SCENARIOS).map(set).collect();
        let left_out = units.len().saturating_sub(MAX_SCENARIOS);
        Some(Scenarios { sets, left_out, ..Scenarios::default() })
    }
}
