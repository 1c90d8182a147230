//! Task definitions: the input of ECS `RegisterTaskDefinition`.

use crate::diagnostic::Place;
use crate::model::{Container, Project, Volume, size};
use crate::resource::{Kind, Resource};
use crate::view::{List, Value, View};

/// A task definition.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// The project that contains it.
    pub project: Project<'a>,
    /// Its resource.
    pub resource: &'a Resource,
    /// Its request.
    pub view: View<'a>,
}

/// `networkMode` (ECS API, `NetworkMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkMode {
    /// `bridge`, Docker's built-in virtual network: the default on Linux.
    Bridge,
    /// `host`, the network of the instance.
    Host,
    /// `awsvpc`, a network interface for each task.
    Awsvpc,
    /// `none`.
    None,
}

impl NetworkMode {
    /// The value in the API.
    pub fn name(self) -> &'static str {
        match self {
            NetworkMode::Bridge => "bridge",
            NetworkMode::Host => "host",
            NetworkMode::Awsvpc => "awsvpc",
            NetworkMode::None => "none",
        }
    }

    fn parse(name: &str) -> Option<NetworkMode> {
        let all = [NetworkMode::Bridge, NetworkMode::Host, NetworkMode::Awsvpc, NetworkMode::None];
        all.into_iter().find(|mode| mode.name() == name)
    }
}

impl<'a> Task<'a> {
    /// Creates the view of a resource of kind [`Kind::Task`], [`Kind::DaemonTask`], or [`Kind::ExpressService`].
    pub fn new(project: Project<'a>, resource: &'a Resource) -> Task<'a> {
        Task { project, resource, view: project.view(resource) }
    }

    /// The place to report when a member is missing.
    pub fn anchor(self) -> Place {
        Place::header(self.resource)
    }

    /// Returns `true` if it is the task definition of a daemon, which serves the other tasks on its instance.
    pub fn is_daemon(self) -> bool {
        self.resource.kind == Kind::DaemonTask
    }

    /// `family`.
    pub fn family(self) -> Value<&'a str> {
        self.view.str("family")
    }

    /// `networkMode`. The default is `bridge`, except on Windows, where the API has no name for the default. Only
    /// the task definition of a service has a network mode.
    pub fn network_mode(self) -> Value<NetworkMode> {
        if self.resource.kind != Kind::Task {
            return Value::Unknown(self.anchor());
        }
        let mode = self.view.str("networkMode").and_then(NetworkMode::parse);
        match self.operating_system() {
            Value::Known("LINUX", _) => mode.or_default(NetworkMode::Bridge, self.anchor()),
            _ if mode.is_missing() => Value::Unknown(self.anchor()),
            _ => mode,
        }
    }

    /// Describes in a label why the network mode is what it is: "the network mode is `awsvpc`", "`network_mode` is not
    /// set and defaults to `bridge`".
    pub fn network_mode_reason(self) -> String {
        match self.network_mode() {
            Value::Known(mode, _) if self.view.entry("networkMode").is_none() => {
                format!("`{}` is not set and defaults to `{}`", self.view.field("networkMode"), mode.name())
            }
            Value::Known(mode, _) => format!("the network mode is `{}`", mode.name()),
            Value::Unknown(_) | Value::Missing => "the network mode".to_owned(),
        }
    }

    /// The task's `cpu`, in CPU units; unknown if it cannot be parsed.
    pub fn cpu(self) -> Value<i64> {
        self.view.scalar("cpu").and_then(size::cpu_units)
    }

    /// The task's `memory`, in MiB; unknown if it cannot be parsed.
    pub fn memory(self) -> Value<i64> {
        self.view.scalar("memory").and_then(size::memory_mib)
    }

    /// `runtimePlatform.operatingSystemFamily`; the default is `LINUX`.
    pub fn operating_system(self) -> Value<&'a str> {
        let platform = self.view.object("runtimePlatform");
        platform.then(|platform| platform.str("operatingSystemFamily")).or_default("LINUX", self.anchor())
    }

    /// `requiresCompatibilities`: the launch types that ECS validates the task definition against when it is
    /// registered.
    pub fn compatibilities(self) -> List<'a> {
        self.view.list("requiresCompatibilities")
    }

    /// The place of a launch type in `requiresCompatibilities`, if it is certainly there.
    pub fn requires(self, launch_type: &str) -> Option<Place> {
        let mut items = self.compatibilities().iter();
        items.find(|item| item.node.as_str() == Some(launch_type)).map(View::place)
    }

    /// `containerDefinitions`.
    pub fn container_list(self) -> List<'a> {
        self.view.list("containerDefinitions")
    }

    /// The known containers.
    pub fn containers(self) -> impl Iterator<Item = Container<'a>> {
        let views = self.container_list().objects().enumerate();
        views.map(move |(index, view)| Container { task: self, index, view })
    }

    /// Whether its tasks run the containers of the files. If Terraform ignores changes of them, they are those of the first revision only:
    /// something else registers others.
    pub fn keeps_containers(self) -> bool {
        !self.resource.ignores("containerDefinitions")
    }

    /// The only container of an Express service.
    pub fn primary_container(self) -> Option<Container<'a>> {
        let view = self.view.object("primaryContainer").known()?;
        Some(Container { task: self, index: 0, view })
    }

    /// The known names of its containers.
    pub fn container_names(self) -> Vec<&'a str> {
        self.containers().filter_map(|container| container.name().known()).collect()
    }

    /// The container with a name; missing only if all containers and their names are known.
    pub fn container(self, name: &str) -> Value<Container<'a>> {
        let mut certain = self.container_list().is_complete();
        for container in self.containers() {
            match container.name() {
                Value::Known(known, place) if known == name => return Value::Known(container, place),
                Value::Known(..) => {}
                Value::Unknown(_) | Value::Missing => certain = false,
            }
        }
        if certain { Value::Missing } else { Value::Unknown(self.anchor()) }
    }

    /// `volumes` as a list.
    pub fn volume_list(self) -> List<'a> {
        self.view.list("volumes")
    }

    /// The known volumes.
    pub fn volumes(self) -> impl Iterator<Item = Volume<'a>> {
        self.volume_list().objects().map(move |view| Volume { task: self, view })
    }

    /// Whether a container mounts the volume with that name; `None` if that is uncertain.
    pub fn mounts(self, volume: &str) -> Option<bool> {
        let mut certain = self.container_list().is_complete();
        for container in self.containers() {
            let list = container.view.list("mountPoints");
            certain &= list.is_complete();
            for mount in list.objects() {
                match mount.str("sourceVolume") {
                    Value::Known(name, _) if name == volume => return Some(true),
                    Value::Unknown(_) => certain = false,
                    Value::Known(..) | Value::Missing => {}
                }
            }
        }
        certain.then_some(false)
    }
}
