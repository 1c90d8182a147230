//! The container instances that may run the tasks of a service.

use crate::diagnostic::Place;
use crate::model::machine_image::MachineImage;
use crate::model::user_data::UserData;
use crate::model::{Cluster, Link, Project, Service, Strategy};
use crate::resource::{Kind, Resource};
use crate::value::{Entry, Node, NodeKind};
use crate::view::{Value, View};

/// The groups of instances that may run the tasks of a service.
#[derive(Clone, Debug)]
pub struct Hosts<'a> {
    /// Each group.
    pub groups: Vec<Host<'a>>,
    /// Whether tasks certainly run on no other instances.
    pub is_exhaustive: bool,
    /// The cluster that the instances must join.
    pub cluster: Cluster<'a>,
}

/// A group of instances with one configuration: an Auto Scaling group, or a single instance.
#[derive(Clone, Copy, Debug)]
pub struct Host<'a> {
    /// The project that contains it.
    pub project: Project<'a>,
    /// The group.
    pub group: &'a Resource,
    /// The launch template or launch configuration; the group itself if it has none.
    pub source: &'a Resource,
}

impl<'a> Service<'a> {
    /// The groups of instances that may run its tasks; `None` unless all that the files create are known.
    pub fn hosts(self) -> Option<Hosts<'a>> {
        let cluster = self.cluster().known()?;
        let list = self.capacity_providers();
        if !list.is_complete() {
            return None;
        }
        if list.iter().next().is_some() {
            return self.project.hosts_of(list.objects().map(|view| Strategy { view }), cluster);
        }
        match (self.launch_type(), cluster.default_strategy()) {
            (Value::Missing, Value::Known(list, _)) => {
                self.project.hosts_of(list.objects().map(|view| Strategy { view }), cluster)
            }
            (Value::Known("EC2", _), _) | (Value::Missing, Value::Missing) => self.project.hosts_in(cluster),
            _ => None,
        }
    }
}

impl<'a> Project<'a> {
    /// The groups of the capacity providers in a strategy, on which the tasks of a service certainly run.
    fn hosts_of(
        self,
        strategy: impl Iterator<Item = Strategy<'a>>,
        cluster: Cluster<'a>,
    ) -> Option<Hosts<'a>> {
        let group = |item: Strategy<'a>| {
            let node = &item.view.entry("capacityProvider")?.value;
            let provider = self.provider_of(node, cluster.resource)?;
            let named = self
                .view(provider)
                .object("autoScalingGroupProvider")
                .known()?
                .entry("autoScalingGroupArn")?;
            self.host(self.resolve(&[Kind::Instances], &named.value).known()?)
        };
        let groups = strategy.map(group).collect::<Option<Vec<_>>>()?;
        (!groups.is_empty()).then_some(Hosts { groups, is_exhaustive: true, cluster })
    }

    /// All groups of instances in the unit of a cluster.
    fn hosts_in(self, cluster: Cluster<'a>) -> Option<Hosts<'a>> {
        let groups = self.groups(cluster.resource)?.into_iter();
        let groups = groups.map(|group| self.host(group)).collect::<Option<Vec<_>>>()?;
        let is_exhaustive = !self.has_opaque_refs(cluster.resource);
        (!groups.is_empty()).then_some(Hosts { groups, is_exhaustive, cluster })
    }

    /// The capacity provider that a value refers to, by address or by a name that is unique in the unit.
    pub(in crate::model) fn provider_of(self, node: &Node, near: &Resource) -> Option<&'a Resource> {
        if let Link::To(provider) = self.resolve(&[Kind::CapacityProvider], node) {
            return Some(provider);
        }
        let name = node.as_str()?;
        let mut found = self.in_unit_of(near, Kind::CapacityProvider).filter(|provider| {
            let named = self.view(provider).str("name");
            !matches!(named, Value::Known(other, _) if other != name)
        });
        let only = found.next().filter(|only| self.view(only).str("name").known() == Some(name));
        only.filter(|_| found.next().is_none())
    }

    pub(super) fn host(self, group: &'a Resource) -> Option<Host<'a>> {
        Some(Host { project: self, group, source: self.source_of(group)? })
    }
}

impl<'a> Host<'a> {
    /// A member of the configuration of the instances; missing if it certainly is not set.
    fn setting(self, key: &str) -> Value<&'a Entry> {
        for resource in [self.group, self.source] {
            if resource.ignores(key) {
                return Value::Unknown(Place::header(resource));
            }
            if let Some(entry) = self.project.view(resource).entry(key) {
                return Value::Known(entry, Place::from(&entry.value));
            }
        }
        let view = self.project.view(self.source);
        if view.is_missing(key) { Value::Missing } else { Value::Unknown(view.place()) }
    }

    /// The values that refer to its subnets; `None` unless all are known.
    pub fn subnets(self) -> Option<Vec<&'a Node>> {
        let (entry, _) =
            ["VPCZoneIdentifier", "SubnetId"].into_iter().find_map(|key| self.setting(key).known_at())?;
        let subnets = match &entry.value.kind {
            NodeKind::Array(_) => self.project.view_of(&entry.value).items().counted()?,
            _ => vec![&entry.value],
        };
        (!subnets.is_empty()).then_some(subnets)
    }

    /// Whether its instances get public addresses; missing if their subnets decide it.
    pub fn public_address(self) -> Value<bool> {
        let source = self.project.view(self.source);
        let interfaces = source.list("NetworkInterfaces");
        let Some(listed) = interfaces.counted() else { return Value::Unknown(self.anchor()) };
        match listed.as_slice() {
            [] => match self.project.view(self.group).bool("AssociatePublicIpAddress") {
                Value::Missing => source.bool("AssociatePublicIpAddress"),
                own => own,
            },
            [only] => self.project.view_of(only).bool("AssociatePublicIpAddress"),
            _ => Value::Unknown(self.anchor()),
        }
    }

    /// The place to report when a setting is missing: the header of the resource that has the settings.
    pub fn anchor(self) -> Place {
        Place::header(self.source)
    }

    /// The image, and the place of the value that selects it.
    pub fn image(self) -> Option<(MachineImage, Place)> {
        let (entry, place) = self.setting("ImageId").known_at()?;
        Some((self.project.machine_image(&entry.value)?, place))
    }

    /// The place of its user data; `None` if it certainly has none.
    pub fn user_data_place(self) -> Option<Place> {
        self.setting("UserData").place()
    }

    /// What its user data does; `None` if that is unknown.
    pub fn user_data(self) -> Option<UserData> {
        match self.setting("UserData") {
            Value::Known(entry, _) => UserData::read(&entry.value),
            Value::Missing => Some(UserData::none()),
            Value::Unknown(_) => None,
        }
    }

    /// The place of the header of its configuration, if it certainly has no instance profile.
    pub fn no_profile(self) -> Option<Place> {
        let entry = match self.setting("IamInstanceProfile") {
            Value::Missing => return Some(self.anchor()),
            Value::Known(entry, _) => entry,
            Value::Unknown(_) => return None,
        };
        let view = self.project.view_of(&entry.value);
        let is_empty = view.node.as_object().is_some() && view.is_missing("Arn") && view.is_missing("Name");
        is_empty.then(|| Place::from(&entry.value))
    }

    /// The maximum number of instances; one for a single instance, `None` if unknown.
    pub fn most(self) -> Option<i64> {
        self.project.most_of(self.group).map(|(most, _)| most)
    }

    /// The names of the instance types, with their places; `None` unless all are known.
    pub fn types(self) -> Option<Vec<(&'a str, Place)>> {
        let overrides = self.project.overrides(self.group)?;
        if !overrides.is_empty() {
            let name = |view: View<'a>| {
                view.str("InstanceType").known_at().filter(|_| view.is_missing("InstanceRequirements"))
            };
            return overrides.into_iter().map(name).collect();
        }
        if !self.project.view(self.source).is_missing("InstanceRequirements") {
            return None;
        }
        let (entry, place) = self.setting("InstanceType").known_at()?;
        Some(vec![(entry.value.as_str()?, place)])
    }
}

impl<'a> Project<'a> {
    /// The overrides of a group's mixed instances policy; `None` if they are unknown.
    fn overrides(self, group: &'a Resource) -> Option<Vec<View<'a>>> {
        let view = self.view(group);
        match view.object("MixedInstancesPolicy") {
            Value::Missing => Some(Vec::new()),
            Value::Unknown(_) => None,
            Value::Known(policy, _) => {
                let list = policy.object("LaunchTemplate").known()?.list("Overrides");
                list.is_complete().then(|| list.objects().collect())
            }
        }
    }

    /// The resource that configures the instances of a group: its launch template, or the group itself. `None` if it is
    /// unknown, or if it is not the newest version of the template.
    pub(super) fn source_of(self, group: &'a Resource) -> Option<&'a Resource> {
        let view = self.view(group);
        let specification = match view.object("MixedInstancesPolicy") {
            Value::Known(policy, _) => {
                let is_other = |view: View| view.entry("LaunchTemplateSpecification").is_some();
                if self.overrides(group)?.into_iter().any(is_other) {
                    return None;
                }
                policy
                    .object("LaunchTemplate")
                    .then(|template| template.object("LaunchTemplateSpecification"))
            }
            Value::Unknown(_) => return None,
            Value::Missing => view.object("LaunchTemplate"),
        };
        let named = match specification {
            Value::Known(template, _) => {
                let version = template.node.get("Version");
                let is_number = |node: &Node| {
                    matches!(node.kind, NodeKind::Number(_))
                        || node.as_str().is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
                };
                if version.is_some_and(is_number) {
                    return None;
                }
                template.entry("LaunchTemplateId")
            }
            Value::Unknown(_) => return None,
            Value::Missing => view.entry("LaunchConfigurationName"),
        };
        match named {
            Some(entry) => self.template_of(&entry.value, group),
            None => Some(group),
        }
    }
}
