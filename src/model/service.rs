//! Services: the input of ECS `CreateService`.

use crate::diagnostic::Place;
use crate::model::switch::is_enabled;
use crate::model::{Link, Project, TargetGroup, Task};
use crate::resource::{Kind, Resource};
use crate::view::{List, Value, View};

/// A service.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// The project that contains it.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

/// An entry of a service's `loadBalancers`.
#[derive(Clone, Copy, Debug)]
pub struct LoadBalancer<'a> {
    /// The service that it belongs to.
    pub service: Service<'a>,
    /// The entry.
    pub view: View<'a>,
}

impl<'a> Project<'a> {
    /// The known `loadBalancers` entries of all services.
    pub fn load_balancers(self) -> impl Iterator<Item = LoadBalancer<'a>> {
        self.services().flat_map(Service::load_balancers)
    }
}

impl<'a> Service<'a> {
    /// Creates the view of a resource of kind [`Kind::Service`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> Service<'a> {
        Service { project, resource, view: project.view(resource) }
    }

    /// The place to report when a member is missing.
    pub fn anchor(self) -> Place {
        Place::header(self.resource)
    }

    /// The task definition it runs.
    pub fn task(self) -> Link<Task<'a>> {
        self.project.task_of(self.resource, self.view)
    }

    /// `launchType`, as written. If it is missing, the cluster determines the default.
    pub fn launch_type(self) -> Value<&'a str> {
        self.view.str("launchType")
    }

    /// `capacityProviderStrategy`.
    pub fn capacity_providers(self) -> List<'a> {
        self.view.list("capacityProviderStrategy")
    }

    /// `loadBalancers` as a list.
    pub fn load_balancer_list(self) -> List<'a> {
        self.view.list("loadBalancers")
    }

    /// The known entries of `loadBalancers`.
    pub fn load_balancers(self) -> impl Iterator<Item = LoadBalancer<'a>> {
        self.load_balancer_list().objects().map(move |view| LoadBalancer { service: self, view })
    }

    /// `networkConfiguration.awsvpcConfiguration`.
    pub fn network(self) -> Value<View<'a>> {
        self.view.object("networkConfiguration").then(|network| network.object("awsvpcConfiguration"))
    }

    /// `assignPublicIp`: whether tasks get a public IP address; off by default.
    pub fn assign_public_ip(self) -> Value<bool> {
        self.network().then(|network| {
            network.str("assignPublicIp").and_then(is_enabled).or_default(false, self.anchor())
        })
    }

    /// The security groups of its tasks that are resources of the project.
    pub fn security_groups(self) -> Vec<&'a Resource> {
        let Value::Known(network, _) = self.network() else { return Vec::new() };
        let groups = network.list("securityGroups").iter();
        groups.filter_map(|group| self.project.resolve(&[Kind::SecurityGroup], group.node).known()).collect()
    }

    /// `healthCheckGracePeriodSeconds`.
    pub fn grace_period(self) -> Value<i64> {
        self.view.int("healthCheckGracePeriodSeconds")
    }

    /// `deploymentController.type`; the default is `ECS`.
    pub fn controller(self) -> Value<&'a str> {
        let controller = self.view.object("deploymentController");
        controller.then(|controller| controller.str("type")).or_default("ECS", self.anchor())
    }

    /// Returns `true` if Terraform ignores changes to an argument, so that its live value may differ.
    pub fn ignores(self, argument: &str) -> bool {
        self.resource.ignores(argument)
    }
}

impl<'a> LoadBalancer<'a> {
    /// `containerName`.
    pub fn container_name(self) -> Value<&'a str> {
        self.view.str("containerName")
    }

    /// `containerPort`.
    pub fn container_port(self) -> Value<i64> {
        self.view.int("containerPort")
    }

    /// The place of the Classic Load Balancer's name, if there certainly is one.
    pub fn classic(self) -> Option<Place> {
        self.view.certainly("loadBalancerName")
    }

    /// The place of the target group's ARN, or the place to report if it is missing.
    pub fn group_place(self) -> Place {
        let named = self.view.entry("targetGroupArn").map(|entry| Place::from(&entry.value));
        named.unwrap_or_else(|| self.view.heading("containerName"))
    }

    /// The place where the service itself refers to its target group, which may be created elsewhere.
    pub fn join_place(self) -> Place {
        let named = self.group_place();
        named.used.map_or(named, Place::from)
    }

    /// The target group that it refers to.
    pub fn target_group(self) -> Link<TargetGroup<'a>> {
        let Some(entry) = self.view.entry("targetGroupArn") else { return Link::None };
        let project = self.service.project;
        let found = project.resolve(&[Kind::TargetGroup], &entry.value);
        found.map(|group| TargetGroup::new(project, group))
    }
}
