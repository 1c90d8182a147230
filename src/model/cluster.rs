//! A cluster, and strategies of capacity providers: the inputs of ECS `CreateCluster` and `PutClusterCapacityProviders`.

use crate::diagnostic::Place;
use crate::model::{Link, Project};
use crate::resource::Resource;
use crate::view::{List, Value, View};

/// A cluster.
#[derive(Clone, Copy, Debug)]
pub struct Cluster<'a> {
    /// The project it is part of.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

/// An item of a capacity provider strategy.
#[derive(Clone, Copy, Debug)]
pub struct Strategy<'a> {
    /// The item.
    pub view: View<'a>,
}

impl<'a> Cluster<'a> {
    /// The view of a resource of [`crate::model::Kind::Cluster`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> Cluster<'a> {
        Cluster { project, resource, view: project.view(resource) }
    }

    /// What to point at where something is missing.
    pub fn anchor(self) -> Place {
        Place::from(self.resource.header)
    }

    /// `clusterName`.
    pub fn name(self) -> Value<&'a str> {
        self.view.str("clusterName")
    }

    /// The view of the resource that says which capacity providers it has; none where it certainly has none.
    pub fn capacity(self) -> Link<View<'a>> {
        self.project.capacity_of(self.resource).map(|resource| self.project.view(resource))
    }

    /// Its default strategy; missing where it certainly has none.
    pub fn default_strategy(self) -> Value<List<'a>> {
        match self.capacity() {
            Link::To(view) => {
                let list = view.list("defaultCapacityProviderStrategy");
                if list.is_empty() { Value::Missing } else { Value::Known(list, list.place()) }
            }
            Link::Unknown => Value::Unknown(self.anchor()),
            Link::None => Value::Missing,
        }
    }

    /// `configuration.executeCommandConfiguration`.
    pub fn exec(self) -> Value<View<'a>> {
        self.view.object("configuration").then(|settings| settings.object("executeCommandConfiguration"))
    }

    /// Whether its root certainly brings no EC2 instances, and nothing else knows of the cluster.
    pub fn is_without_instances(self) -> bool {
        self.project.has_no_instances(self.resource) && !self.project.has_opaque_refs(self.resource)
    }
}

impl<'a> Strategy<'a> {
    /// `capacityProvider`.
    pub fn provider(self) -> Value<&'a str> {
        self.view.str("capacityProvider")
    }

    /// Where the provider is named, or else what to point at.
    pub fn place(self) -> Place {
        self.provider().place().unwrap_or_else(|| self.view.place())
    }

    /// `weight`; 0 where it is missing.
    pub fn weight(self) -> Value<i64> {
        self.view.int("weight").or_default(0, self.place())
    }

    /// `base`; 0 where it is missing.
    pub fn base(self) -> Value<i64> {
        self.view.int("base").or_default(0, self.place())
    }
}
