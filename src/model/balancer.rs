//! A target group: the input of ELBv2 `CreateTargetGroup`, or what `DescribeTargetGroups` says of one.

use crate::diagnostic::Place;
use crate::model::Project;
use crate::resource::Resource;
use crate::value::Node;
use crate::view::{Value, View};

/// Whether a listener or a listener rule forwards to a target group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forwarded {
    /// One does.
    Yes,
    /// None does, and all are known.
    No,
    /// One may that is not known.
    Unknown,
}

/// A load balancer: the input of ELBv2 `CreateLoadBalancer`, or what `DescribeLoadBalancers` says of one.
#[derive(Clone, Copy, Debug)]
pub struct Balancer<'a> {
    /// The project it is part of.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

impl<'a> Balancer<'a> {
    /// The view of a resource of [`crate::model::Kind::LoadBalancer`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> Balancer<'a> {
        Balancer { project, resource, view: project.view(resource) }
    }

    /// What to point at where something is missing.
    pub fn anchor(self) -> Place {
        Place::from(self.resource.header)
    }

    /// `Type`; application where it is missing.
    pub fn kind(self) -> Value<&'a str> {
        self.view.str("Type").or_default("application", self.anchor())
    }

    /// The values that name its subnets, whichever way they are written.
    pub fn subnets(self) -> Vec<&'a Node> {
        let listed = self.view.list("Subnets").iter().map(|view| view.node);
        let mapped = self.view.list("SubnetMappings").objects();
        let mapped = mapped.filter_map(|item| item.entry("SubnetId")).map(|entry| &entry.value);
        let described = self.view.list("AvailabilityZones").objects();
        let described = described.filter_map(|item| item.entry("SubnetId")).map(|entry| &entry.value);
        listed.chain(mapped).chain(described).collect()
    }

    /// The same, if these are certainly all.
    pub fn all_subnets(self) -> Option<Vec<&'a Node>> {
        let lists = self.view.fields(["Subnets", "SubnetMappings", "AvailabilityZones"]);
        let all = lists.map(|field| field.list().counted());
        all.iter().all(Option::is_some).then(|| self.subnets()).filter(|subnets| !subnets.is_empty())
    }

    /// How to say in a label what kind of load balancer it is.
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

/// Whether a target group's share of an action's traffic is none; it has one where nothing is said.
pub fn forwards_nothing(share: Option<View>) -> bool {
    share.is_some_and(|item| item.int("Weight").known() == Some(0))
}

/// A target group.
#[derive(Clone, Copy, Debug)]
pub struct TargetGroup<'a> {
    /// The project it is part of.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

impl<'a> TargetGroup<'a> {
    /// The view of a resource of [`crate::model::Kind::TargetGroup`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> TargetGroup<'a> {
        TargetGroup { project, resource, view: project.view(resource) }
    }

    /// What to point at where something is missing.
    pub fn anchor(self) -> Place {
        Place::from(self.resource.header)
    }

    /// `TargetType`; instance where it is missing.
    pub fn target_type(self) -> Value<&'a str> {
        self.view.str("TargetType").or_default("instance", self.anchor())
    }

    /// `HealthCheckPort`; the port that traffic goes to where it is missing.
    pub fn health_check_port(self) -> Value<&'a str> {
        self.view.scalar("HealthCheckPort").or_default("traffic-port", self.anchor())
    }

    /// `Protocol`.
    pub fn protocol(self) -> Value<&'a str> {
        self.view.str("Protocol")
    }

    /// `HealthCheckIntervalSeconds`; half a minute where it is missing.
    pub fn health_check_interval(self) -> Value<i64> {
        self.view.int("HealthCheckIntervalSeconds").or_default(30, self.anchor())
    }

    /// `HealthCheckTimeoutSeconds`; where it is missing the API has a default for HTTP alone that is certain.
    pub fn health_check_timeout(self) -> Value<i64> {
        match (self.view.int("HealthCheckTimeoutSeconds"), self.protocol()) {
            (Value::Missing, Value::Known("HTTP" | "HTTPS", _)) => Value::Known(5, self.anchor()),
            (Value::Missing, _) => Value::Unknown(self.anchor()),
            (timeout, _) => timeout,
        }
    }

    /// `UnhealthyThresholdCount`; two checks where it is missing.
    pub fn unhealthy_threshold(self) -> Value<i64> {
        self.view.int("UnhealthyThresholdCount").or_default(2, self.anchor())
    }

    /// Whether a listener or a listener rule forwards to it.
    pub fn forwarded(self) -> Forwarded {
        self.project.forwarded(self.resource)
    }
}
