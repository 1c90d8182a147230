//! How a service is deployed, and on what.

use crate::diagnostic::Place;
use crate::model::{Cluster, InstanceType, Link, Service, Strategy};
use crate::resource::{Resource, Traits};
use crate::view::{List, Value, View};

/// What the tasks of a service run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compute {
    /// Fargate.
    Fargate,
    /// Instances of EC2 in the cluster.
    Instances,
    /// Instances of one's own.
    External,
}

impl<'a> Service<'a> {
    /// What to call it in a message.
    pub fn called(self) -> String {
        match self.view.str("serviceName") {
            Value::Known(name, _) => format!("service `{name}`"),
            Value::Unknown(_) | Value::Missing => "the service".to_owned(),
        }
    }

    /// How its request reaches AWS.
    pub fn traits(self) -> &'static Traits {
        self.resource.traits
    }

    /// Whether it is what AWS says of a service that runs: such a description has more than a request may have.
    pub fn is_description(self) -> bool {
        ["serviceArn", "runningCount", "events"].iter().any(|key| self.view.node.get(key).is_some())
    }

    /// `schedulingStrategy`; REPLICA where it is missing.
    pub fn scheduling(self) -> Value<&'a str> {
        self.view.str("schedulingStrategy").or_default("REPLICA", self.anchor())
    }

    /// Where it says that it is a daemon, if it certainly is one.
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

    /// `deploymentConfiguration.strategy`; ROLLING where it is missing.
    pub fn strategy(self) -> Value<&'a str> {
        self.deployment().then(|deployment| deployment.str("strategy")).or_default("ROLLING", self.anchor())
    }

    /// `deploymentConfiguration.minimumHealthyPercent` as it is written.
    pub fn minimum_percent(self) -> Value<i64> {
        self.deployment().then(|deployment| deployment.int("minimumHealthyPercent"))
    }

    /// `deploymentConfiguration.maximumPercent` as it is written.
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

    /// The cluster it runs in; none where it names none, which is the cluster `default`.
    pub fn cluster(self) -> Link<Cluster<'a>> {
        let Some(entry) = self.view.entry("cluster") else { return Link::None };
        let found = self.project.cluster_of(&entry.value, self.resource);
        found.map(|resource| Cluster::new(self.project, resource))
    }

    /// The items of its own capacity provider strategy that are known to be there.
    pub fn strategy_items(self) -> impl Iterator<Item = Strategy<'a>> {
        self.capacity_providers().objects().map(|view| Strategy { view })
    }

    /// What its tasks run on: its launch type, its strategy, or the default strategy of its cluster says so.
    pub fn compute(self) -> Value<Compute> {
        match self.launch_type() {
            Value::Known(name, place) => match name {
                "FARGATE" => Value::Known(Compute::Fargate, place),
                "EC2" | "MANAGED_INSTANCES" => Value::Known(Compute::Instances, place),
                "EXTERNAL" => Value::Known(Compute::External, place),
                _ => Value::Unknown(place),
            },
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => match self.capacity_providers() {
                list if list.is_empty() => self.compute_by_default(),
                list => provided(list),
            },
        }
    }

    /// Without a launch type and a strategy of its own the cluster decides, and without a default there it is EC2.
    fn compute_by_default(self) -> Value<Compute> {
        let Link::To(cluster) = self.cluster() else { return Value::Unknown(self.anchor()) };
        if self.controller().known() != Some("ECS") {
            return Value::Unknown(self.anchor());
        }
        match cluster.default_strategy() {
            Value::Known(list, _) => provided(list),
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => Value::Known(Compute::Instances, self.anchor()),
        }
    }

    /// How to say in a label what its tasks run on.
    pub fn compute_reason(self) -> String {
        let own = self.launch_type().known().map(|name| format!("the launch type is `{name}`"));
        let mut strategies = self.strategy_items();
        let provided = strategies.find_map(|item| item.provider().known());
        let provided = provided.map(|name| format!("tasks run on capacity provider `{name}`"));
        own.or(provided).unwrap_or_else(|| match self.compute().known() {
            Some(Compute::Fargate) => "the cluster's default capacity provider strategy uses Fargate".to_owned(),
            _ => format!("`{}` is not set, and the cluster defaults to EC2", self.view.field("launchType")),
        })
    }

    /// `serviceConnectConfiguration`, where it is certainly switched on.
    pub fn connect(self) -> Option<View<'a>> {
        let connect = self.view.object("serviceConnectConfiguration").known()?;
        (connect.bool("enabled").known() == Some(true)).then_some(connect)
    }

    /// The EBS volumes that ECS makes for its tasks.
    pub fn ebs_volumes(self) -> Vec<View<'a>> {
        let volumes = self.view.list("volumeConfigurations").objects();
        volumes.filter_map(|volume| volume.object("managedEBSVolume").known()).collect()
    }

    /// Whether its tasks are meant for Fargate, whatever the task definition says of its network mode.
    pub fn is_for_fargate(self) -> bool {
        let asked = self.task().known().is_some_and(|task| task.requires("FARGATE").is_some());
        asked || self.compute().known() == Some(Compute::Fargate)
    }

    /// The Cloud Map service that an item of `serviceRegistries` names.
    pub fn registry(self, item: View<'a>) -> Option<View<'a>> {
        let entry = item.entry("registryArn")?;
        let found = self.project.registry_of(&entry.value).known()?;
        Some(self.project.view(found))
    }

    /// The most EC2 instances that its cluster can have, of each group, and where that is said; none where not all is known.
    pub fn most_instances(self) -> Option<Vec<(i64, Place)>> {
        let cluster = self.cluster().known()?;
        self.project.most_instances(cluster.resource)
    }

    /// The EC2 instances that its cluster can have, where the files tell all of them: the most of each group, and what
    /// type they are.
    pub fn instance_types(self) -> Option<Vec<Instances>> {
        let cluster = self.cluster().known()?;
        let types = self.project.instance_types(cluster.resource)?;
        let group = |(group, name, place): (&'a Resource, &str, Place)| {
            let most = self.project.most_of(group).map(|(most, _)| most);
            Some(Instances { kind: InstanceType::of(name)?, most, place })
        };
        types.into_iter().map(group).collect()
    }

    /// What the instances of its cluster are launched from, where the files tell all of them.
    pub fn instance_sources(self) -> Option<Vec<&'a Resource>> {
        self.project.instance_sources(self.cluster().known()?.resource)
    }

    /// The autoscaling target that moves its desired count, where one is known.
    pub fn scaling_target(self) -> Option<&'a Resource> {
        self.project.scaling_of(self.resource)
    }
}

/// A group of EC2 instances.
#[derive(Clone, Debug)]
pub struct Instances {
    /// Their type.
    pub kind: InstanceType,
    /// The most that there can be, where that is known.
    pub most: Option<i64>,
    /// Where the type is named.
    pub place: Place,
}

/// What a strategy runs tasks on; all its providers are of one kind.
fn provided(list: List<'_>) -> Value<Compute> {
    let items: Vec<Strategy> = list.objects().map(|view| Strategy { view }).collect();
    let known = items.iter().find_map(|item| match item.provider() {
        Value::Known("FARGATE" | "FARGATE_SPOT", place) => Some((Compute::Fargate, place)),
        Value::Known(_, place) => Some((Compute::Instances, place)),
        _ => None,
    });
    match known {
        Some((compute, place)) => Value::Known(compute, place),
        None => Value::Unknown(list.place()),
    }
}
