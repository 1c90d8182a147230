//! An index of resources by the names that refer to them.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::address::{ResourceId, ResourceRef, UnitId};
use crate::resource::{Kind, Links, Resource};
use crate::value::{Node, Unknown};
use crate::workspace::Workspace;
use crate::workspace::routes::Routes;

/// The members of an AWS response by which other resources refer to it.
pub(super) const IDS: &[&str] = &[
    "TargetGroupArn",
    "LoadBalancerArn",
    "ListenerArn",
    "SubnetId",
    "RouteTableId",
    "GroupId",
    "clusterArn",
    "taskDefinitionArn",
];

/// The resources of a workspace by name; each list is in the order of the workspace.
#[derive(Debug, Default)]
pub struct Index {
    kinds: FxHashMap<Kind, Vec<ResourceId>>,
    kinds_of_unit: FxHashMap<(UnitId, Kind), Vec<ResourceId>>,
    addresses: FxHashMap<ResourceRef, Vec<ResourceId>>,
    ids: FxHashMap<SmolStr, Vec<ResourceId>>,
    /// The resources of some kinds by the likeness of their names.
    named: FxHashMap<(Kind, SmolStr), Vec<ResourceId>>,
    /// Those of each unit.
    named_in: FxHashMap<(UnitId, Kind, SmolStr), Vec<ResourceId>>,
    families: FxHashMap<SmolStr, Family>,
    routes: Routes,
}

/// The task definitions with one family.
#[derive(Debug, Default)]
struct Family {
    /// The only one of each unit; `None` if there are several.
    of_unit: FxHashMap<UnitId, Option<ResourceId>>,
    /// For formats that link by name: below each directory, those that are the fewest levels deep.
    below: FxHashMap<PathBuf, Shallowest>,
}

/// The task definitions below a directory that are the fewest levels deep.
#[derive(Debug)]
struct Shallowest {
    /// The number of parts of their directory's path.
    depth: usize,
    /// The only one; `None` if there are several.
    only: Option<ResourceId>,
}

impl Family {
    fn add(&mut self, task: ResourceId, directory: &Path) {
        let depth = directory.components().count();
        for above in directory.ancestors() {
            match self.below.get_mut(above) {
                Some(known) if known.depth < depth => {}
                Some(known) if known.depth == depth => known.only = None,
                _ => {
                    self.below.insert(above.to_owned(), Shallowest { depth, only: Some(task) });
                }
            }
        }
    }

    /// The only task definition that is nearest to a directory: the fewest steps up and down.
    fn nearest(&self, from: &Path) -> Option<ResourceId> {
        let start = from.components().count();
        let steps = from.ancestors().filter_map(|above| {
            let known = self.below.get(above)?;
            let shared = above.components().count();
            Some((start + known.depth - 2 * shared, known.only))
        });
        let mut fewest: Option<(usize, Option<ResourceId>)> = None;
        for (steps, only) in steps {
            match &mut fewest {
                Some((least, _)) if *least < steps => {}
                // A path to the same one through a higher directory is longer, so these are two.
                Some((least, nearest)) if *least == steps => *nearest = None,
                _ => fewest = Some((steps, only)),
            }
        }
        fewest?.1
    }
}

impl Index {
    /// Builds the index.
    pub(super) fn new(workspace: &Workspace) -> Index {
        let mut index = Index::default();
        for resource in workspace.resources() {
            index.kinds.entry(resource.kind).or_default().push(resource.id);
            index.kinds_of_unit.entry((resource.unit(), resource.kind)).or_default().push(resource.id);
            index.routes.add(resource);
            if let Some(address) = &resource.address {
                index.addresses.entry(address.clone()).or_default().push(resource.id);
            }
            let text = |key: &&str| resource.request.get(key).and_then(Node::as_str).map(SmolStr::from);
            for id in IDS.iter().filter_map(text) {
                index.ids.entry(id).or_default().push(resource.id);
            }
            if let Some(name) = own_name(resource) {
                let name = likeness(name);
                let key = (resource.unit(), resource.kind, name.clone());
                index.named_in.entry(key).or_default().push(resource.id);
                index.named.entry((resource.kind, name)).or_default().push(resource.id);
            }
            if let (Kind::Task, Some(family)) = (resource.kind, text(&"family")) {
                let family = index.families.entry(family).or_default();
                let more = |only: &mut Option<ResourceId>| *only = None;
                family.of_unit.entry(resource.unit()).and_modify(more).or_insert(Some(resource.id));
                let unit = workspace.unit(resource.unit());
                if let Some(directory) = unit.and_then(|unit| unit.directory.as_deref())
                    && resource.traits.links == Links::ByName
                {
                    family.add(resource.id, directory);
                }
            }
        }
        index.routes.finish();
        index
    }

    /// The resources of a kind.
    pub fn of(&self, kind: Kind) -> &[ResourceId] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The resources of a kind in a unit.
    pub fn in_unit(&self, unit: UnitId, kind: Kind) -> &[ResourceId] {
        self.kinds_of_unit.get(&(unit, kind)).map_or(&[], Vec::as_slice)
    }

    /// The resources with an address.
    pub fn at(&self, address: &ResourceRef) -> &[ResourceId] {
        self.addresses.get(address).map_or(&[], Vec::as_slice)
    }

    /// The resources with an id or ARN assigned by AWS.
    pub fn called(&self, id: &str) -> &[ResourceId] {
        self.ids.get(id).map_or(&[], Vec::as_slice)
    }

    /// The resources of a unit that may have a name. See [`own_name`] for the kinds.
    pub fn with_name(&self, unit: UnitId, kind: Kind, name: &Node) -> &[ResourceId] {
        self.named_in.get(&(unit, kind, likeness(name))).map_or(&[], Vec::as_slice)
    }

    /// The resources of a kind with a known name.
    pub fn with_text(&self, kind: Kind, name: &str) -> &[ResourceId] {
        self.named.get(&(kind, name.into())).map_or(&[], Vec::as_slice)
    }

    /// The only task definition with a family in a unit: `Some(None)` if there are several, `None` if there is none.
    pub fn of_family_in(&self, family: &str, unit: UnitId) -> Option<Option<ResourceId>> {
        self.families.get(family)?.of_unit.get(&unit).copied()
    }

    /// The only task definition with a family that is nearest to a directory, in formats that link by name.
    pub fn nearest_of_family(&self, family: &str, directory: &Path) -> Option<ResourceId> {
        self.families.get(family)?.nearest(directory)
    }

    /// The listeners and listener rules in the unit of a target group that may forward to it.
    pub fn routes_to(&self, group: &Resource) -> Vec<ResourceId> {
        self.routes.to(group)
    }
}

/// The name of a resource that others refer to by it.
pub fn own_name(resource: &Resource) -> Option<&Node> {
    let key = match resource.kind {
        Kind::Cluster => "clusterName",
        Kind::LaunchTemplate => "LaunchTemplateName",
        Kind::SubnetGroup => "Name",
        Kind::Role => "RoleName",
        Kind::InstanceProfile => "InstanceProfileName",
        _ => return None,
    };
    resource.request.get(key).filter(|name| !name.is_missing())
}

/// What two names have in common if they certainly are the same, even if neither is known.
fn likeness(name: &Node) -> SmolStr {
    let unknown = || name.unknowns().next().map(Unknown::name).unwrap_or_default();
    let parts = || format_smolstr!("{}{}{}", name.known_start(), unknown(), name.known_end());
    name.as_str().map_or_else(parts, SmolStr::from)
}
