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

    /// The log group in a unit that a value refers to.
    pub fn log_group(self, node: &Node, unit: UnitId) -> Option<&'a Resource> {
        self.named(Kind::LogGroup, "logGroupName", node, unit)
    }

    /// The CodeDeploy application in a unit that a value refers to.
    pub fn application(self, node: &Node, unit: UnitId) -> Option<&'a Resource> {
        self.named(Kind::DeploymentApplication, "applicationName", node, unit)
    }

    /// The resource in a unit that a value refers to by its address or its name.
    fn named(self, kind: Kind, key: &str, node: &Node, unit: UnitId) -> Option<&'a Resource> {
        let mut all = self.of(kind).filter(|resource| resource.unit() == unit);
        match node.resource() {
            Some(named) => all.find(|resource| {
                let is_named = |ours: &ResourceRef| ours == named || ours.block() == **named;
                resource.address.as_ref().is_some_and(is_named)
            }),
            None => {
                all.find(|resource| resource.request.get(key).is_some_and(|name| name.certainly_equals(node)))
            }
        }
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
