//! Facts about a unit apart from its resources: the Region of its resources, and whether all of it was read.

use crate::address::{ResourceRef, UnitId};
use crate::model::Project;
use crate::resource::{Kind, Resource};
use crate::value::Node;

impl<'a> Project<'a> {
    /// The resources of one kind in a unit, each with its name; `None` if there may be others, or a name is unknown.
    pub fn all_named(self, kind: Kind, key: &str, unit: UnitId) -> Option<Vec<(&'a str, &'a Resource)>> {
        let is_complete = self.workspace.unit(unit)?.is_complete;
        let resources = self.of(kind).filter(|resource| resource.unit() == unit && is_complete);
        resources
            .map(|resource| Some((self.view(resource).str(key).known()?, resource)))
            .collect::<Option<Vec<_>>>()
            .filter(|resources| is_complete && !resources.is_empty())
    }

    /// The log groups in a unit that a value may refer to: modules can create several with one name in different Regions.
    pub fn log_groups(self, node: &Node, unit: UnitId) -> impl Iterator<Item = &'a Resource> {
        self.named(Kind::LogGroup, "logGroupName", node, unit)
    }

    /// The log group that a value in another resource refers to.
    pub fn log_group(self, node: &Node, from: &Resource) -> Option<&'a Resource> {
        nearest(self.log_groups(node, from.unit()), from)
    }

    /// The CodeDeploy application that a value in another resource refers to.
    pub fn application(self, node: &Node, from: &Resource) -> Option<&'a Resource> {
        let all = self.named(Kind::DeploymentApplication, "applicationName", node, from.unit());
        nearest(all, from)
    }

    /// The resources in a unit that a value refers to by the address or the name.
    pub(super) fn named(
        self,
        kind: Kind,
        key: &str,
        node: &Node,
        unit: UnitId,
    ) -> impl Iterator<Item = &'a Resource> {
        let is_named = move |resource: &&Resource| match node.resource() {
            Some(named) => {
                let is_it = |ours: &ResourceRef| ours == named || ours.block() == **named;
                resource.address.as_ref().is_some_and(is_it)
            }
            None => resource.request.get(key).is_some_and(|name| name.certainly_equals(node)),
        };
        self.of(kind).filter(move |resource| resource.unit() == unit).filter(is_named)
    }

    /// The Region in which a resource is created, if the files set it.
    pub fn region(self, resource: &'a Resource) -> Option<&'a Node> {
        if resource.lifecycle.has_own_provider {
            return resource.lifecycle.region.as_ref();
        }
        let module = resource.module()?;
        let mut regions = self.workspace.unit(resource.unit())?.regions.iter();
        regions.find(|(known, _)| known == module).map(|(_, region)| region)
    }
}

/// The only one of several resources with one name, or the one in the module of the resource that refers to it.
fn nearest<'a>(found: impl Iterator<Item = &'a Resource>, from: &Resource) -> Option<&'a Resource> {
    let found: Vec<&Resource> = found.collect();
    match found.as_slice() {
        [only] => Some(only),
        all => all.iter().find(|one| one.is_in_module_of(from)).copied(),
    }
}
