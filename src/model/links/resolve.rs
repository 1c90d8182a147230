//! Resolves a value to the resource that it refers to: by Terraform address, by ARN or id, or by family.

use smol_str::SmolStr;

use crate::address::UnitId;
use crate::model::{Cluster, Link, Project, Service, Task};
use crate::resource::{Kind, Links, Resource};
use crate::source::Span;
use crate::value::Node;
use crate::view::{UnknownReads, Value, View};
use crate::workspace::{GlobalNames, GlobalReads, Reference, family};

impl<'a> Project<'a> {
    /// The resource of one of `kinds` that a value refers to.
    pub(crate) fn resolve(self, kinds: &[Kind], node: &Node) -> Link<&'a Resource> {
        self.reads.step(2);
        self.workspace.resolve(kinds, node).map_or(Link::Unknown, Link::To)
    }

    /// The resources that certainly refer to another one by a member.
    pub(crate) fn referring(
        self,
        reference: Reference,
        to: &Resource,
    ) -> impl Iterator<Item = &'a Resource> + Clone {
        self.each(self.workspace.references(reference).to(to.id))
    }

    /// Those of them that are in the unit of the other one.
    pub(super) fn referring_near(
        self,
        reference: Reference,
        to: &Resource,
    ) -> impl Iterator<Item = &'a Resource> + Clone {
        let unit = to.unit();
        self.referring(reference, to).filter(move |resource| resource.unit() == unit)
    }

    /// The resources of a unit that may refer by a member to something that the files do not define.
    pub(super) fn unclear(self, reference: Reference, unit: UnitId) -> impl Iterator<Item = &'a Resource> {
        self.each(self.workspace.references(reference).unclear(unit))
    }

    /// Returns `true` if all resources of a unit have a member that certainly refers to resources in the files.
    pub(super) fn are_clear(self, reference: Reference, unit: UnitId) -> bool {
        let table = self.workspace.references(reference);
        table.unclear(unit).is_empty() && table.without(unit).is_empty()
    }

    /// The task definition that a service's `taskDefinition` refers to.
    pub(crate) fn task_of(self, service: &'a Resource, request: View<'a>) -> Link<Task<'a>> {
        let Some(entry) = request.entry("taskDefinition") else { return Link::None };
        self.task_named(&entry.value, service)
    }

    /// The services that run a task definition.
    pub(crate) fn services_of(self, task: &Resource) -> impl Iterator<Item = Service<'a>> {
        let ids = self.workspace.services_of(task.id, |workspace| {
            let reads = UnknownReads::default();
            let all = Project::new(workspace, &reads).services();
            all.filter_map(|service| Some((service.task().known()?.resource.id, service.resource.id)))
                .collect()
        });
        self.each(ids).map(move |resource| Service::new(self, resource))
    }

    /// The task definition that a value refers to, by address, ARN, or family.
    pub fn task_named(self, node: &Node, from: &Resource) -> Link<Task<'a>> {
        let resource = match (self.resolve(&[Kind::Task], node), family(node)) {
            (Link::To(resource), _) => Some(resource),
            (_, Some(family)) => self.task_of_family(&family, from),
            _ => None,
        };
        resource.map_or(Link::Unknown, |resource| Link::To(Task::new(self, resource)))
    }

    /// The only task definition with a family: in the same Terraform root module, or in the nearest JSON file.
    fn task_of_family(self, family: &str, from: &Resource) -> Option<&'a Resource> {
        let index = self.workspace.index();
        if let Some(own) = index.of_family_in(family, from.unit()) {
            return self.workspace.resource(own?);
        }
        let directory = self.workspace.unit(from.unit())?.directory.as_deref();
        let directory = directory.filter(|_| from.traits.links == Links::ByName)?;
        self.workspace.resource(index.nearest_of_family(family, directory)?)
    }

    /// The families that a service may refer to; `None` unless all are known.
    pub fn families_near(self, service: &Resource) -> Option<Vec<&'a str>> {
        if service.traits.links == Links::ByAddress {
            let tasks = self.in_unit_of(service, Kind::Task).map(|task| Task::new(self, task));
            let families: Vec<_> = tasks.map(|task| task.family()).collect();
            return families.into_iter().map(Value::known).collect();
        }
        self.reads.read_global(GlobalReads { families: true, ..GlobalReads::default() });
        self.global().families.as_ref().map(|all| all.iter().map(SmolStr::as_str).collect())
    }

    /// The clusters that a service may refer to, and their places; `None` unless all are known.
    pub fn clusters_near(self, service: &Resource) -> Option<Vec<(&'a str, Span)>> {
        if service.traits.links == Links::ByAddress {
            let clusters = self.in_unit_of(service, Kind::Cluster).map(|cluster| Cluster::new(self, cluster));
            let named: Vec<_> =
                clusters.map(|cluster| Some((cluster.name().known()?, cluster.resource.header))).collect();
            return named.into_iter().collect();
        }
        self.reads.read_global(GlobalReads { clusters: true, ..GlobalReads::default() });
        self.global().clusters.as_ref().map(|all| all.iter().map(|(name, at)| (name.as_str(), *at)).collect())
    }

    fn global(self) -> &'a GlobalNames {
        self.global.unwrap_or_else(|| self.workspace.global())
    }
}

/// Returns `true` if one resource can refer to the other: both belong to one unit, or their formats link by name.
pub(super) fn knows(one: &Resource, other: &Resource) -> bool {
    one.unit() == other.unit() || [one, other].iter().all(|resource| resource.traits.links == Links::ByName)
}
