//! All units of a run, and the indexes over them.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::{ResourceId, UnitId};
use crate::resource::{Resource, Unit};
use crate::schema::{self, Violation};
use crate::source::{FileId, Span};

mod components;
mod global;
mod index;
mod indexed;
mod names;

pub use components::components;
pub use global::{GlobalNames, GlobalReads};
pub use index::Index;
pub use indexed::IndexedUnit;
pub use names::{Names, family};

/// Units that are looked at together: all of a run, or those of one component.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The units.
    pub units: Vec<Arc<IndexedUnit>>,
    /// Where each unit stands.
    positions: FxHashMap<UnitId, usize>,
    /// The resources by what others name them by; made when it is first needed.
    index: OnceLock<Index>,
    /// Where requests do not fit their schemas; found when the first rule asks.
    violations: OnceLock<Vec<Violation>>,
    /// What a resource may have to know of all files.
    global: OnceLock<GlobalNames>,
}

impl Workspace {
    /// A workspace of some units.
    pub fn new(units: Vec<Arc<IndexedUnit>>) -> Workspace {
        let positions = units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        Workspace { units, positions, ..Workspace::default() }
    }

    /// All resources, in the order of their units.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.units.iter().flat_map(|unit| &unit.resources)
    }

    /// How many resources there are.
    pub fn resource_count(&self) -> usize {
        self.units.iter().map(|unit| unit.resources.len()).sum()
    }

    /// The unit of an id, if it is one of these.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(*self.positions.get(&id)?).map(|unit| &unit.unit)
    }

    /// The resource of an id, if its unit is one of these.
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.unit(id.unit)?.resources.get(id.index as usize)
    }

    /// The files that something of ECS was read from, or that were refused; each once, in the order of their units.
    pub fn files(&self) -> Vec<FileId> {
        let mut seen = FxHashSet::default();
        let files = self.units.iter().flat_map(|unit| &unit.files).copied();
        files.filter(|file| seen.insert(*file)).collect()
    }

    /// The resources by what others name them by.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }

    /// Where requests do not fit their schemas.
    pub fn violations(&self) -> &[Violation] {
        self.violations.get_or_init(|| self.resources().flat_map(schema::violations).collect())
    }

    /// What a resource may have to know of all files.
    pub fn global(&self) -> &GlobalNames {
        self.global.get_or_init(|| GlobalNames::of(self))
    }

    /// A place in it, for what is about all of it.
    pub fn place(&self) -> Span {
        self.units.first().map_or_else(|| Span::new(FileId(0), 0, 0), |unit| unit.place())
    }
}
