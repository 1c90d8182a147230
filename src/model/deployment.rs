//! How and where a service is deployed.

use crate::diagnostic::Place;
use crate::model::{Cluster, Link, Service, Strategy};
use crate::resource::{Resource, Traits};
use crate::view::{List, Value, View};

/// The compute capacity that the tasks of a service run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compute {
    /// Fargate.
    Fargate,
    /// EC2 instances in the cluster.
    Instances,
    /// EC2 instances that ECS launches as needed (Managed Instances).
    Managed,
    /// External instances (ECS Anywhere).
    External,
}

impl<'a> Service<'a> {
    /// The name of the service in messages.
    pub fn called(self) -> String {
        match self.view.str("serviceName") {
            Value::Known(name, _) => format!("service `{name}`"),
            Value::Unknown(_) | Value::Missing => "the service".to_owned(),
        }
    }

    /// How its request is sent to AWS.
    pub fn traits(self) -> &'static Traits {
        self.resource.traits
    }

    /// Returns `true` if this is AWS's description of a running service, which has more members than a request.
    pub fn is_description(self) -> bool {
        ["serviceArn", "runningCount", "events"].iter().any(|key| self.view.node.get(key).is_some())
    }

    /// `schedulingStrategy`; the default is `REPLICA`.
    pub fn scheduling(self) -> Value<&'a str> {
        self.view.str("schedulingStrategy").or_default("REPLICA", self.anchor())
    }

    /// Returns `true` if the service is certainly configured to run no tasks, and nothing else scales it.
    pub fn runs_no_tasks(self) -> bool {
        self.view.int("desiredCount").known() == Some(0) && !self.ignores("desiredCount")
    }

    /// The place of `schedulingStrategy`, if the service is certainly a daemon.
    pub fn daemon(self) -> Option<Place> {
        match self.scheduling() {
            Value::Known("DAEMON", place) => Some(place),
            _ => None,
        }
    }

    /// `deploymentConfiguration`.
    pub fn deployment(self) -> Value<View<'a>> {
        self.view.object("deploymentConfiguration")
    }

    /// `deploymentConfiguration.strategy`; the default is `ROLLING`.
    pub fn strategy(self) -> Value<&'a str> {
        self.deployment().then(|deployment| deployment.str("strategy")).or_default("ROLLING", self.anchor())
    }

    /// `deploymentConfiguration.minimumHealthyPercent`, as written.
    pub fn minimum_percent(self) -> Value<i64> {
        self.deployment().then(|deployment| deployment.int("minimumHealthyPercent"))
    }

    /// `deploymentConfiguration.maximumPercent`, as written.
    pub fn maximum_percent(self) -> Value<i64> {
        self.deployment().then(|deployment| deployment.int("maximumPercent"))
    }

    /// `deploymentConfiguration.deploymentCircuitBreaker`.
    pub fn circuit_breaker(self) -> Value<View<'a>> {
        self.deployment().then(|deployment| deployment.object("deploymentCircuitBreaker"))
    }

    /// `deploymentConfiguration.alarms`.
    pub fn alarms(self) -> Value<View<'a>> {
        self.deployment().then(|deployment| deployment.object("alarms"))
    }

    /// The cluster it runs in; [`Link::None`] if it does not set one, which selects the cluster `default`.
    pub fn cluster(self) -> Link<Cluster<'a>> {
        let Some(entry) = self.view.entry("cluster") else { return Link::None };
        let found = self.project.cluster_of(&entry.value, self.resource);
        found.map(|resource| Cluster::new(self.project, resource))
    }

    /// The known items of its own capacity provider strategy.
    pub fn strategy_items(self) -> impl Iterator<Item = Strategy<'a>> {
        self.capacity_providers().objects().map(|view| Strategy { view })
    }

    /// The compute capacity of its tasks, determined by its launch type, its strategy, or its cluster's default
    /// strategy.
    pub fn compute(self) -> Value<Compute> {
        match self.launch_type() {
            Value::Known(name, place) => match name {
                "FARGATE" => Value::Known(Compute::Fargate, place),
                "EC2" => Value::Known(Compute::Instances, place),
                "MANAGED_INSTANCES" => Value::Known(Compute::Managed, place),
                "EXTERNAL" => Value::Known(Compute::External, place),
                _ => Value::Unknown(place),
            },
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => match self.capacity_providers() {
                list if list.is_empty() => self.compute_by_default(),
                list => self.provided(list),
            },
        }
    }

    /// The default without a launch type and a strategy: the cluster's default strategy, or else EC2.
    fn compute_by_default(self) -> Value<Compute> {
        let Link::To(cluster) = self.cluster() else { return Value::Unknown(self.anchor()) };
        if self.controller().known() != Some("ECS") {
            return Value::Unknown(self.anchor());
        }
        match cluster.default_strategy() {
            Value::Known(list, _) => self.provided(list),
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => Value::Known(Compute::Instances, self.anchor()),
        }
    }

    /// The compute capacity that a strategy selects. All of its providers have the same kind.
    fn provided(self, list: List<'a>) -> Value<Compute> {
        let mut items = list.objects().map(|view| Strategy { view });
        let found = items.find_map(|item| {
            let provider = &item.view.entry("capacityProvider")?.value;
            Some((self.project.compute_of_value(provider)?, item.place()))
        });
        match found {
            Some((compute, place)) => Value::Known(compute, place),
            None => Value::Unknown(list.place()),
        }
    }

    /// Describes in a label what its tasks run on.
    pub fn compute_reason(self) -> String {
        let own = self.launch_type().known().map(|name| format!("the launch type is `{name}`"));
        let mut strategies = self.strategy_items();
        let provided = strategies.find_map(|item| Some(&item.view.entry("capacityProvider")?.value));
        let provided = provided.map(|node| match node.as_str() {
            Some(name) => format!("tasks run on capacity provider `{name}`"),
            None => "tasks run on this capacity provider".to_owned(),
        });
        own.or(provided).unwrap_or_else(|| match self.compute().known() {
            Some(Compute::Fargate) => {
                "the cluster's default capacity provider strategy uses Fargate".to_owned()
            }
            _ => format!("`{}` is not set, and the cluster defaults to EC2", self.view.field("launchType")),
        })
    }

    /// `serviceConnectConfiguration`; `None` unless it is certainly enabled.
    pub fn connect(self) -> Option<View<'a>> {
        let connect = self.view.object("serviceConnectConfiguration").known()?;
        (connect.bool("enabled").known() == Some(true)).then_some(connect)
    }

    /// Returns `true` if ECS certainly registers its tasks with nothing that checks or reaches them from outside: no load
    /// balancer, VPC Lattice target group, or gateway.
    pub fn is_unregistered(self) -> bool {
        let lists = self.view.fields(["loadBalancers", "vpcLatticeConfigurations", "gatewayConnectors"]);
        lists.into_iter().all(|field| field.list().is_empty())
    }

    /// The EBS volumes that ECS creates for its tasks.
    pub fn ebs_volumes(self) -> Vec<View<'a>> {
        let volumes = self.view.list("volumeConfigurations").objects();
        volumes.filter_map(|volume| volume.object("managedEBSVolume").known()).collect()
    }

    /// Returns `true` if its tasks are meant for Fargate, whatever the network mode of the task definition.
    pub fn is_for_fargate(self) -> bool {
        let asked = self.task().known().is_some_and(|task| task.requires("FARGATE").is_some());
        asked || self.compute().known() == Some(Compute::Fargate)
    }

    /// The Cloud Map service that an item of `serviceRegistries` refers to.
    pub fn registry(self, item: View<'a>) -> Option<View<'a>> {
        let entry = item.entry("registryArn")?;
        let found = self.project.registry_of(&entry.value).known()?;
        Some(self.project.view(found))
    }

    /// The maximum number of EC2 instances in its cluster, for each group, with the place of that number; `None` unless
    /// all are known.
    pub fn most_instances(self) -> Option<Vec<(i64, Place)>> {
        let cluster = self.cluster().known()?;
        self.project.most_instances(cluster.resource)
    }

    /// The resources that its cluster's instances are launched from; `None` unless all are known.
    pub fn instance_sources(self) -> Option<Vec<&'a Resource>> {
        self.project.instance_sources(self.cluster().known()?.resource)
    }

    /// The scalable target that adjusts its desired count; `None` if there is none, or it is unknown.
    pub fn scaling_target(self) -> Option<&'a Resource> {
        self.project.scaling_of(self.resource)
    }

    /// Returns `true` if CodeDeploy certainly deploys only other services.
    pub fn is_without_deployment_group(self) -> bool {
        self.project.is_without_deployment_group(self.resource)
    }
}
