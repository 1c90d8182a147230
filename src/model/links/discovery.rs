//! Cloud Map services, and the services of ECS that register their tasks with them.

use crate::diagnostic::Place;
use crate::model::{Link, Project, Service};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::workspace::Reference;

/// The registration of the tasks of a service with a Cloud Map service.
#[derive(Clone, Copy, Debug)]
pub struct Registration<'a> {
    /// The service of ECS.
    pub service: Service<'a>,
    /// The value that names the Cloud Map service.
    pub place: Place,
}

impl<'a> Project<'a> {
    /// The Cloud Map service that a registry ARN refers to.
    pub(crate) fn registry_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::DiscoveryService], node)
    }

    /// The registrations with a Cloud Map service.
    pub fn registrations(self, discovery: &Resource) -> Vec<Registration<'a>> {
        let services = self.referring(Reference::Registry, discovery);
        let all = services.map(|service| Service::new(self, service)).flat_map(|service| {
            let registries = service.view.list("serviceRegistries").objects();
            registries.filter_map(move |registry| Some((service, &registry.entry("registryArn")?.value)))
        });
        let ours =
            all.filter(|(_, arn)| self.registry_of(arn).known().is_some_and(|found| found.is(discovery)));
        ours.map(|(service, arn)| Registration { service, place: Place::from(arn) }).collect()
    }
}
