//! Clusters and capacity provider strategies: the input of ECS `CreateCluster` and `PutClusterCapacityProviders`.

use crate::diagnostic::Place;
use crate::model::{Link, Project};
use crate::resource::Resource;
use crate::view::{List, Value, View};

/// A cluster.
#[derive(Clone, Copy, Debug)]
pub struct Cluster<'a> {
    /// The project that contains it.
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
    /// Creates the view of a resource of kind [`crate::model::Kind::Cluster`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> Cluster<'a> {
        Cluster { project, resource, view: project.view(resource) }
    }

    /// The place to report when a member is missing.
    pub fn anchor(self) -> Place {
        Place::header(self.resource)
    }

    /// `clusterName`.
    pub fn name(self) -> Value<&'a str> {
        self.view.str("clusterName")
    }

    /// The resource that defines its capacity providers; [`Link::None`] if it certainly has none.
    pub fn capacity(self) -> Link<View<'a>> {
        self.project.capacity_of(self.resource).map(|resource| self.project.view(resource))
    }

    /// Its default capacity provider strategy; missing if it certainly has none.
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

    /// Returns `true` if its root module certainly creates no EC2 instances, and nothing else can refer to the cluster.
    pub fn is_without_instances(self) -> bool {
        self.project.has_no_instances(self.resource) && !self.project.has_opaque_refs(self.resource)
    }
}

impl<'a> Strategy<'a> {
    /// `capacityProvider`.
    pub fn provider(self) -> Value<&'a str> {
        self.view.str("capacityProvider")
    }

    /// The place of the provider's name, or the item if the name is missing.
    pub fn place(self) -> Place {
        self.provider().place().unwrap_or_else(|| self.view.place())
    }

    /// `weight`; the default is 0.
    pub fn weight(self) -> Value<i64> {
        self.view.int("weight").or_default(0, self.place())
    }

    /// `base`; the default is 0.
    pub fn base(self) -> Value<i64> {
        self.view.int("base").or_default(0, self.place())
    }
}
