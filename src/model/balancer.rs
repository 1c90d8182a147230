//! Load balancers and target groups: the input of ELBv2 `CreateLoadBalancer` and `CreateTargetGroup`, or the output of
//! `DescribeLoadBalancers` and `DescribeTargetGroups`.

use crate::diagnostic::Place;
use crate::model::Project;
use crate::resource::Resource;
use crate::value::Node;
use crate::view::{Value, View};

/// Whether a listener or a listener rule forwards to a target group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forwarded {
    /// At least one does.
    Yes,
    /// None does, and all of them are known.
    No,
    /// An unknown one may.
    Unknown,
}

/// A load balancer: the input of ELBv2 `CreateLoadBalancer`, or the output of `DescribeLoadBalancers`.
#[derive(Clone, Copy, Debug)]
pub struct Balancer<'a> {
    /// The project that contains it.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

impl<'a> Balancer<'a> {
    /// Creates the view of a resource of kind [`crate::model::Kind::LoadBalancer`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> Balancer<'a> {
        Balancer { project, resource, view: project.view(resource) }
    }

    /// The place to report when a member is missing.
    pub fn anchor(self) -> Place {
        Place::header(self.resource)
    }

    /// `Type`; the default is `application`.
    pub fn kind(self) -> Value<&'a str> {
        self.view.str("Type").or_default("application", self.anchor())
    }

    /// The values that refer to its subnets, in any of the supported forms.
    pub fn subnets(self) -> Vec<&'a Node> {
        let listed = self.view.list("Subnets").iter().map(|view| view.node);
        let mapped = self.view.list("SubnetMappings").objects();
        let mapped = mapped.filter_map(|item| item.entry("SubnetId")).map(|entry| &entry.value);
        let described = self.view.list("AvailabilityZones").objects();
        let described = described.filter_map(|item| item.entry("SubnetId")).map(|entry| &entry.value);
        listed.chain(mapped).chain(described).collect()
    }

    /// The values that refer to its subnets; `None` unless all are known.
    pub fn all_subnets(self) -> Option<Vec<&'a Node>> {
        let lists = self.view.fields(["Subnets", "SubnetMappings", "AvailabilityZones"]);
        let all = lists.map(|field| field.list().counted());
        all.iter().all(Option::is_some).then(|| self.subnets()).filter(|subnets| !subnets.is_empty())
    }

    /// Describes the type of the load balancer in a label.
    pub fn kind_reason(self) -> String {
        match self.kind() {
            Value::Known(kind, _) if self.view.entry("Type").is_some() => {
                format!("the load balancer type is `{kind}`")
            }
            Value::Known(kind, _) => format!("the load balancer type defaults to `{kind}`"),
            _ => "the load balancer".to_owned(),
        }
    }
}

/// Returns `true` if a target group in a forward action has weight 0. Without a weight, it receives traffic.
pub fn forwards_nothing(share: Option<View>) -> bool {
    share.is_some_and(|item| item.int("Weight").known() == Some(0))
}

/// A target group.
#[derive(Clone, Copy, Debug)]
pub struct TargetGroup<'a> {
    /// The project that contains it.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

impl<'a> TargetGroup<'a> {
    /// Creates the view of a resource of kind [`crate::model::Kind::TargetGroup`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> TargetGroup<'a> {
        TargetGroup { project, resource, view: project.view(resource) }
    }

    /// The place to report when a member is missing.
    pub fn anchor(self) -> Place {
        Place::header(self.resource)
    }

    /// `TargetType`; the default is `instance`.
    pub fn target_type(self) -> Value<&'a str> {
        self.view.str("TargetType").or_default("instance", self.anchor())
    }

    /// `HealthCheckPort`; the default is the traffic port.
    pub fn health_check_port(self) -> Value<&'a str> {
        self.view.scalar("HealthCheckPort").or_default("traffic-port", self.anchor())
    }

    /// `Protocol`.
    pub fn protocol(self) -> Value<&'a str> {
        self.view.str("Protocol")
    }

    /// `HealthCheckIntervalSeconds`; the default is 30 seconds.
    pub fn health_check_interval(self) -> Value<i64> {
        self.view.int("HealthCheckIntervalSeconds").or_default(30, self.anchor())
    }

    /// `HealthCheckTimeoutSeconds`; only HTTP and HTTPS have a default that is certain.
    pub fn health_check_timeout(self) -> Value<i64> {
        match (self.view.int("HealthCheckTimeoutSeconds"), self.protocol()) {
            (Value::Missing, Value::Known("HTTP" | "HTTPS", _)) => Value::Known(5, self.anchor()),
            (Value::Missing, _) => Value::Unknown(self.anchor()),
            (timeout, _) => timeout,
        }
    }

    /// `UnhealthyThresholdCount`; Terraform's provider sends 3 by default. The output of `describe-target-groups` always has it.
    pub fn unhealthy_threshold(self) -> Value<i64> {
        self.view.int("UnhealthyThresholdCount").or_default(3, self.anchor())
    }

    /// Whether a listener or a listener rule forwards to the target group.
    pub fn forwarded(self) -> Forwarded {
        self.project.forwarded(self.resource)
    }
}
