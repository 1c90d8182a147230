//! All units of a run, and the indexes over them.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::address::{ResourceId, UnitId};
use crate::resource::{Kind, Resource, Unit};
use crate::schema::{self, Violation};
use crate::source::{FileId, Span};
use crate::value::Node;

mod alternative;
mod components;
mod global;
mod index;
mod indexed;
mod names;
mod references;
mod routes;

use references::References;

pub use alternative::{Alternative, ScenarioUnit};
pub use components::components;
pub use global::{GlobalNames, GlobalReads};
pub use index::{Index, own_name};
pub use indexed::IndexedUnit;
pub use names::{Names, family};
pub use references::{Reference, Table};

/// Units that are checked together: all units of a run, or those of one component.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The units.
    pub units: Vec<Arc<IndexedUnit>>,
    /// The index of each unit.
    positions: FxHashMap<UnitId, usize>,
    /// The resources by name; built at the first use.
    index: OnceLock<Index>,
    /// Which resources refer to a resource.
    references: References,
    /// The services of each task definition.
    services: OnceLock<FxHashMap<ResourceId, Vec<ResourceId>>>,
    /// The schema violations of requests; found at the first use.
    violations: OnceLock<Vec<Violation>>,
    /// The names from all files that a resource may need.
    global: OnceLock<GlobalNames>,
}

impl Workspace {
    /// Creates a workspace of some units.
    pub fn new(units: Vec<Arc<IndexedUnit>>) -> Workspace {
        let positions = units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        Workspace { units, positions, ..Workspace::default() }
    }

    /// All resources, in the order of their units.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.units.iter().flat_map(|unit| &unit.resources)
    }

    /// The number of resources.
    pub fn resource_count(&self) -> usize {
        self.units.iter().map(|unit| unit.resources.len()).sum()
    }

    /// The unit with an id; `None` if it is not in this workspace.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(*self.positions.get(&id)?).map(|unit| &unit.unit)
    }

    /// The resource with an id; `None` if its unit is not in this workspace.
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.unit(id.unit)?.resources.get(id.index as usize)
    }

    /// The files with ECS content, and the files that were rejected, without duplicates, in the order of their units.
    pub fn files(&self) -> Vec<FileId> {
        let mut seen = FxHashSet::default();
        let files = self.units.iter().flat_map(|unit| &unit.files).copied();
        files.filter(|file| seen.insert(*file)).collect()
    }

    /// The names of the scenarios of all units, sorted.
    pub fn scenarios(&self) -> Vec<SmolStr> {
        let scenarios = self.units.iter().flat_map(|unit| &unit.scenarios);
        let names: BTreeSet<SmolStr> = scenarios.filter_map(|scenario| scenario.name.clone()).collect();
        names.into_iter().collect()
    }

    /// The resources by name.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }

    /// The resources with a member that refers to others.
    pub fn references(&self, reference: Reference) -> &Table {
        self.references.table(reference, self)
    }

    /// The resource of one of some kinds that a value refers to, by its address or its id.
    pub fn resolve(&self, kinds: &[Kind], node: &Node) -> Option<&Resource> {
        let named = match node.resource() {
            Some(address) => self.index().at(address),
            None => node.as_str().map_or(&[][..], |id| self.index().called(id)),
        };
        let mut named = named.iter().filter_map(|id| self.resource(*id));
        named.find(|resource| kinds.contains(&resource.kind))
    }

    /// The services that run a task definition; `find` finds all services with their task definitions.
    pub fn services_of(
        &self,
        task: ResourceId,
        find: impl FnOnce(&Workspace) -> Vec<(ResourceId, ResourceId)>,
    ) -> &[ResourceId] {
        let services = self.services.get_or_init(|| {
            let mut services: FxHashMap<ResourceId, Vec<ResourceId>> = FxHashMap::default();
            for (task, service) in find(self) {
                services.entry(task).or_default().push(service);
            }
            services
        });
        services.get(&task).map_or(&[], Vec::as_slice)
    }

    /// The schema violations of requests.
    pub fn violations(&self) -> &[Violation] {
        self.violations.get_or_init(|| self.resources().flat_map(schema::violations).collect())
    }

    /// The names from all files that a resource may need.
    pub fn global(&self) -> &GlobalNames {
        self.global.get_or_init(|| GlobalNames::of(self))
    }

    /// A place for findings about the whole workspace.
    pub fn place(&self) -> Span {
        self.units.first().map_or_else(|| Span::new(FileId(0), 0, 0), |unit| unit.place())
    }
}
