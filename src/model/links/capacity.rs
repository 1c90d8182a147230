//! The capacity that a service runs on: service, cluster, capacity providers.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::address::UnitId;
use crate::diagnostic::Place;
use crate::model::links::resolve::knows;
use crate::model::{Compute, Link, Project, Service};
use crate::resource::{Kind, Resource};
use crate::value::{Node, NodeKind, Part};
use crate::view::{List, Value, View};
use crate::workspace::Reference;

impl<'a> Project<'a> {
    /// The cluster that a value refers to: by address, by ARN, or by a name that is unique. In one unit, also by a name that is the
    /// same unknown value.
    pub(crate) fn cluster_of(self, node: &Node, from: &Resource) -> Link<&'a Resource> {
        if let Link::To(resource) = self.resolve(&[Kind::Cluster], node) {
            return Link::To(resource);
        }
        let name = node.as_str().and_then(cluster_name);
        let is_named = |resource: &Resource, its: &Node| match name {
            Some(name) => its.as_str() == Some(name) && knows(resource, from),
            None => resource.unit() == from.unit() && !its.is_missing() && its.certainly_equals(node),
        };
        let named = |resource: &&Resource| {
            resource.request.get("clusterName").is_some_and(|its| is_named(resource, its))
        };
        let index = self.workspace.index();
        let all = match name {
            Some(name) => index.with_text(Kind::Cluster, name),
            None => index.with_name(from.unit(), Kind::Cluster, node),
        };
        let mut found = self.each(all).filter(named);
        match (found.next(), found.next()) {
            (Some(only), None) => Link::To(only),
            _ => Link::Unknown,
        }
    }

    /// The resource that defines a cluster's capacity providers: the cluster itself, or the resource that associates
    /// them; [`Link::None`] if the cluster certainly has none.
    pub(crate) fn capacity_of(self, cluster: &'a Resource) -> Link<&'a Resource> {
        let view = self.view(cluster);
        if view.entry("capacityProviders").is_some()
            || view.entry("defaultCapacityProviderStrategy").is_some()
        {
            return Link::To(cluster);
        }
        let mut certain = cluster.is_declared() && !self.has_opaque_refs(cluster);
        for association in self.in_unit_of(cluster, Kind::ClusterCapacity) {
            let named = association.request.get("cluster");
            match named.map_or(Link::Unknown, |node| self.cluster_of(node, association)) {
                Link::To(resource) if resource.is(cluster) => return Link::To(association),
                Link::To(_) => {}
                Link::Unknown | Link::None => certain = false,
            }
        }
        if certain { Link::None } else { Link::Unknown }
    }

    /// The compute capacity of a capacity provider; `None` if no file defines it, or if its kind is unknown.
    fn compute_of(self, provider: &str) -> Option<Compute> {
        if matches!(provider, "FARGATE" | "FARGATE_SPOT") {
            return Some(Compute::Fargate);
        }
        let mut kinds = self.capacity_providers_named(provider).map(compute_of_provider);
        let first = kinds.next()??;
        kinds.all(|other| other == Some(first)).then_some(first)
    }

    /// The compute capacity of the capacity provider that a value refers to, by its name or by its address.
    pub(crate) fn compute_of_value(self, provider: &Node) -> Option<Compute> {
        match provider.as_str() {
            Some(name) => self.compute_of(name),
            None => {
                let declared = self.resolve(&[Kind::CapacityProvider], provider).known()?;
                compute_of_provider(self.view(declared))
            }
        }
    }

    /// The capacity providers that have this name, or may have it.
    pub(crate) fn capacity_providers_named(self, name: &str) -> impl Iterator<Item = View<'a>> {
        let views = self.of(Kind::CapacityProvider).map(move |provider| self.view(provider));
        views.filter(move |view| !matches!(view.str("name"), Value::Known(other, _) if other != name))
    }

    /// Returns `true` if the unit of a cluster certainly creates no EC2 instances.
    pub(crate) fn has_no_instances(self, cluster: &Resource) -> bool {
        let mut anything =
            self.in_unit_of(cluster, Kind::Instances).chain(self.in_unit_of(cluster, Kind::CapacityProvider));
        cluster.is_declared() && !self.calls_unread_modules(cluster.unit()) && anything.next().is_none()
    }

    /// The maximum number of EC2 instances in a cluster of a Terraform root module, for each Auto Scaling group, with
    /// the place of that number.
    pub(crate) fn most_instances(self, cluster: &Resource) -> Option<Vec<(i64, Place)>> {
        self.groups(cluster)?.into_iter().map(|group| self.most_of(group)).collect()
    }

    /// The maximum number of instances in an Auto Scaling group, with the place of that number.
    pub(crate) fn most_of(self, group: &'a Resource) -> Option<(i64, Place)> {
        match self.view(group).int("MaxSize") {
            Value::Known(size, place) if !group.ignores("MaxSize") && !group.may_be_several() => {
                Some((size, place))
            }
            _ => None,
        }
    }

    /// The resources that the Auto Scaling groups of a cluster in a Terraform root module launch instances from; `None`
    /// unless all are known. A standalone instance can be anything.
    pub(crate) fn instance_sources(self, cluster: &Resource) -> Option<Vec<&'a Resource>> {
        let groups = self.groups(cluster)?.into_iter();
        let sources: Option<Vec<_>> = groups.map(|group| Some((group, self.source_of(group)?))).collect();
        let scaled = sources?.into_iter().filter(|(group, source)| !group.is(source));
        let scaled: Vec<_> = scaled.map(|(_, source)| source).collect();
        (!scaled.is_empty()).then_some(scaled)
    }

    /// Everything that creates instances in the Terraform root module of a cluster. If nothing identifies it as meant
    /// for ECS, it may serve another purpose, and the cluster's instances may come from elsewhere.
    pub(super) fn groups(self, cluster: &Resource) -> Option<Vec<&'a Resource>> {
        if self.calls_unread_modules(cluster.unit()) || !cluster.is_declared() {
            return None;
        }
        let groups: Vec<_> = self.in_unit_of(cluster, Kind::Instances).collect();
        groups.iter().any(|group| self.is_for_ecs(group)).then_some(groups)
    }

    /// Returns `true` if a capacity provider certainly uses the group.
    pub(super) fn has_provider(self, group: &'a Resource) -> bool {
        self.referring_near(Reference::ProviderGroup, group).next().is_some()
    }

    /// Returns `true` if a capacity provider uses the group, or the image or user data of its instances mentions ECS.
    fn is_for_ecs(self, group: &'a Resource) -> bool {
        let tells = |key: &str| {
            let source = self.source_of(group)?;
            source.request.get(key).map(tells_of_ecs)
        };
        self.has_provider(group) || ["ImageId", "UserData"].into_iter().any(|key| tells(key) == Some(true))
    }

    /// The launch template or launch configuration that a value refers to, by address or by name.
    pub(super) fn template_of(self, node: &Node, group: &Resource) -> Option<&'a Resource> {
        self.named_near(Kind::LaunchTemplate, node, group)
    }

    /// Returns `true` if a unit calls modules that cannot be read.
    pub(crate) fn calls_unread_modules(self, unit: UnitId) -> bool {
        self.workspace.unit(unit).is_some_and(|unit| !unit.unread_calls.is_empty())
    }

    /// All capacity provider strategies: those of services and the defaults of clusters.
    pub fn strategies(self) -> impl Iterator<Item = List<'a>> {
        let own = self.services().map(Service::capacity_providers);
        let clusters = self.of(Kind::Cluster).chain(self.of(Kind::ClusterCapacity));
        own.chain(clusters.map(move |resource| self.view(resource).list("defaultCapacityProviderStrategy")))
    }

    /// The Auto Scaling group that a value refers to.
    pub fn instances_of(self, node: &Node) -> Option<View<'a>> {
        self.resolve(&[Kind::Instances], node).known().map(|group| self.view(group))
    }

    /// The service that a deployment group deploys. `None` if it is in another cluster.
    pub fn deployed_by(self, group: &Resource) -> Option<Service<'a>> {
        let group = self.workspace.resource(group.id)?;
        let target = self.view(group).object("ecsService").known()?;
        self.service_named(&target.entry("serviceName")?.value, target.str("clusterName"), group)
    }

    /// The service in a cluster that a value in another resource names: by reference, or by a name that only one service of the unit has.
    /// `None` if it is in another cluster.
    pub fn service_named(self, named: &Node, cluster: Value<&str>, from: &Resource) -> Option<Service<'a>> {
        let has_name = |service: &&Resource| {
            service.request.get("serviceName").is_some_and(|name| name.certainly_equals(named))
        };
        let by_name = || {
            let mut found = self.in_unit_of(from, Kind::Service).filter(has_name);
            found.next().filter(|_| found.next().is_none())
        };
        let service = self.resolve(&[Kind::Service], named).known().or_else(by_name)?;
        let service = Service::new(self, service);
        let own = service.cluster().known().and_then(|cluster| cluster.name().known());
        let is_elsewhere = own.zip(cluster.known()).is_some_and(|(own, other)| own != other);
        (!is_elsewhere).then_some(service)
    }

    /// Returns `true` if CodeDeploy certainly deploys only other services: there are deployment groups, and none is for this
    /// one.
    pub(crate) fn is_without_deployment_group(self, service: &'a Resource) -> bool {
        let name = service.request.get("serviceName").and_then(Node::as_str);
        let is_other = |node: &Node| match (node.as_str(), name) {
            (Some(other), Some(name)) => other != name,
            _ => self.resolve(&[Kind::Service], node).known().is_some_and(|other| other.id != service.id),
        };
        let mut groups = self.in_unit_of(service, Kind::DeploymentGroup).peekable();
        groups.peek().is_some()
            && groups.all(|group| {
                let managed = self.view(group).object("ecsService").known();
                managed
                    .and_then(|managed| managed.entry("serviceName"))
                    .is_some_and(|name| is_other(&name.value))
            })
    }

    /// The scalable target of a service: the one whose resource id ends with the service name and, if it is known,
    /// contains the cluster name.
    pub(crate) fn scaling_of(self, service: &'a Resource) -> Option<&'a Resource> {
        let name = service.request.get("serviceName").map(spelled);
        let cluster = service.request.get("cluster").and_then(Node::as_str).and_then(cluster_name);
        let by_address =
            service.address.as_ref().map(|address| format!("{HOLE}{address}.name{HOLE}").replace('/', "|"));
        self.in_unit_of(service, Kind::ScalableTarget).find(|target| {
            self.reads.step(8);
            let id = target.request.get("ResourceId").map(spelled).unwrap_or_default();
            let mut parts = id.rsplitn(3, '/');
            let (Some(its_name), Some(its_cluster)) = (parts.next(), parts.next()) else { return false };
            let same_cluster = its_cluster.contains(HOLE) || cluster.is_none_or(|name| name == its_cluster);
            same_cluster
                && !its_name.is_empty()
                && [&name, &by_address].into_iter().flatten().any(|own| own == its_name)
        })
    }
}

/// The compute capacity that a capacity provider has.
fn compute_of_provider(provider: View) -> Option<Compute> {
    let is_managed = provider.object("managedInstancesProvider").known().is_some();
    let has_group = provider.object("autoScalingGroupProvider").known().is_some();
    is_managed.then_some(Compute::Managed).or_else(|| has_group.then_some(Compute::Instances))
}

/// Marks the name of an unknown part in a string.
const HOLE: char = '\u{0}';

/// Returns `true` if an image name or a script mentions ECS: `data.aws_ssm_parameter.ecs_image`, `ECS_CLUSTER=main`.
fn tells_of_ecs(node: &Node) -> bool {
    let text = spelled(node);
    let script = BASE64_STANDARD.decode(&text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = script.unwrap_or(text).to_ascii_lowercase();
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.starts_with("ecs"))
}

/// The text of a string, with the names of its unknown parts.
fn spelled(node: &Node) -> String {
    let part = |part: &Part| match part {
        Part::Known { text, .. } => text.to_string(),
        Part::Unknown(why, _) => format!("{HOLE}{}{HOLE}", why.name().replace('/', "|")),
        Part::Json(_) => HOLE.to_string(),
        Part::Base64(inner) => spelled(inner),
    };
    match &node.kind {
        NodeKind::Text(text) => text.parts.iter().map(part).collect(),
        NodeKind::Unknown(why) if why.is_one_value() => format!("{HOLE}{}{HOLE}", why.name()),
        _ => node.as_str().unwrap_or_default().to_owned(),
    }
}

/// The cluster name in a name or ARN.
fn cluster_name(text: &str) -> Option<&str> {
    match text.strip_prefix("arn:") {
        Some(rest) => rest.split_once(":cluster/").map(|(_, name)| name),
        None => Some(text),
    }
}
