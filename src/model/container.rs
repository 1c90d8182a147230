//! Container definitions and port mappings (ECS API, `ContainerDefinition`, `PortMapping`).

use crate::diagnostic::Place;
use crate::model::reference::ref_kind;
use crate::model::{NetworkMode, Project, Task};
use crate::resource::{Kind, RefKind};
use crate::value::{Node, NodeKind, Part, Unknown};
use crate::view::{List, Value, View};

/// Parts of the names of variables whose values are what browsers or other clients connect to.
const OF_CLIENTS: [&str; 3] = ["CORS", "ORIGIN", "ALLOWED"];

/// A container of a task definition.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// The task definition that contains it.
    pub task: Task<'a>,
    /// Its index among the known containers, from 0.
    pub index: usize,
    /// Its definition.
    pub view: View<'a>,
}

/// A port mapping of a container.
#[derive(Clone, Copy, Debug)]
pub struct PortMapping<'a> {
    /// The container that it belongs to.
    pub container: Container<'a>,
    /// The mapping.
    pub view: View<'a>,
}

/// A mount point of a container whose path is known.
#[derive(Clone, Debug)]
pub struct Mount {
    /// The path in the container, without slashes at its end.
    pub path: String,
    /// The place of the path.
    pub place: Place,
    /// Whether it certainly is read-only.
    pub is_read_only: bool,
}

impl<'a> Project<'a> {
    /// The known containers of all task definitions and Express services.
    pub fn containers(self) -> impl Iterator<Item = Container<'a>> {
        let of_express = self.express_services().filter_map(Task::primary_container);
        self.definitions().flat_map(Task::containers).chain(of_express)
    }
}

impl<'a> Container<'a> {
    /// `name`.
    pub fn name(self) -> Value<&'a str> {
        self.view.str("name")
    }

    /// The name of the container in messages: "container `web`", or "the container" if its name is unknown.
    pub fn called(self) -> String {
        match self.name() {
            Value::Known(name, _) => format!("container `{name}`"),
            Value::Unknown(_) | Value::Missing => "the container".to_owned(),
        }
    }

    /// The place to report when a member is missing: the name, or the opening brace.
    pub fn anchor(self) -> Place {
        self.view.heading("name")
    }

    /// `image`.
    pub fn image(self) -> Value<&'a str> {
        self.view.str("image")
    }

    /// The place of the image, if it certainly is in a private Amazon ECR repository, even if the rest of it is
    /// unknown.
    pub fn private_ecr_image(self) -> Option<Place> {
        let entry = self.view.entry("image")?;
        let known = match &entry.value.kind {
            NodeKind::Unknown(why) if is_repository(why) => return Some(Place::from(&entry.value)),
            NodeKind::Text(text) => match text.parts.first() {
                Some(Part::Unknown(why, _)) if is_repository(why) => return Some(Place::from(&entry.value)),
                _ => text.known_texts().collect::<Vec<_>>().join("?"),
            },
            _ => entry.value.as_str()?.to_owned(),
        };
        let host = known.split('/').next()?;
        let is_private = [".dkr.ecr.", ".dkr-ecr.", ".dkr.ecr-fips.", ".dkr-ecr-fips."]
            .iter()
            .any(|name| host.contains(name));
        is_private.then(|| Place::from(&entry.value))
    }

    /// Its mount points whose paths are known.
    pub fn mounts(self) -> Vec<Mount> {
        let mount = |view: View| {
            let (path, place) = view.str("containerPath").known_at()?;
            let path = path.trim_end_matches(['/', '\\']).to_owned();
            let is_read_only = view.bool("readOnly").known() == Some(true);
            (!path.is_empty()).then_some(Mount { path, place, is_read_only })
        };
        self.view.list("mountPoints").objects().filter_map(mount).collect()
    }

    /// Its secrets, including those of the log driver.
    pub fn secrets(self) -> Vec<View<'a>> {
        let log = self.log().known();
        let options = log.map(|log| log.view.list("secretOptions").objects()).into_iter().flatten();
        self.view.list("secrets").objects().chain(options).collect()
    }

    /// `essential`; the default is `true`.
    pub fn essential(self) -> Value<bool> {
        self.view.bool("essential").or_default(true, self.anchor())
    }

    /// The names and values of its environment variables.
    pub fn variables(self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let variables = self.view.list("environment").objects();
        variables.filter_map(|variable| {
            Some((variable.str("name").known().unwrap_or_default(), &variable.entry("value")?.value))
        })
    }

    /// The values that its variables get from `environment` and from `secrets` in the files: the name, the value that is written in the
    /// task definition, and the value itself or the references in it.
    pub fn inputs(self) -> impl Iterator<Item = (&'a str, &'a Node, &'a Node)> {
        let project = self.task.project;
        let secrets = self.secrets().into_iter().filter_map(move |secret| {
            let from = &secret.entry("valueFrom")?.value;
            let name = secret.str("name").known().unwrap_or_default();
            Some((name, from, project.references_behind(from, self.task.resource)?))
        });
        self.variables().map(|(name, value)| (name, value, value)).chain(secrets)
    }

    /// The names and values of the variables that are not about what connects to the container.
    pub fn servers(self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        self.variables().filter(|(name, _)| {
            let name = name.to_ascii_uppercase();
            !OF_CLIENTS.iter().any(|part| name.contains(part))
        })
    }

    /// `portMappings` as a list.
    pub fn port_list(self) -> List<'a> {
        self.view.list("portMappings")
    }

    /// The known port mappings.
    pub fn port_mappings(self) -> impl Iterator<Item = PortMapping<'a>> {
        self.port_list().objects().map(move |view| PortMapping { container: self, view })
    }

    /// The mapping of a container port, either a single port or a range that contains it; missing only if all ports are
    /// known.
    pub fn port(self, port: i64) -> Value<PortMapping<'a>> {
        let mut certain = self.port_list().is_complete();
        for mapping in self.port_mappings() {
            match (mapping.container_port(), mapping.range()) {
                (Value::Known(known, place), _) if known == port => return Value::Known(mapping, place),
                (_, Value::Known((low, high), place)) if (low..=high).contains(&port) => {
                    return Value::Known(mapping, place);
                }
                (Value::Known(..), Value::Missing) | (Value::Missing, Value::Known(..) | Value::Missing) => {}
                _ => certain = false,
            }
        }
        if certain { Value::Missing } else { Value::Unknown(self.anchor()) }
    }
}

impl PortMapping<'_> {
    /// `containerPort`.
    pub fn container_port(self) -> Value<i64> {
        self.view.int("containerPort")
    }

    /// `hostPort`, as written.
    pub fn host_port(self) -> Value<i64> {
        self.view.int("hostPort")
    }

    /// `containerPortRange`: the first and the last port.
    pub fn range(self) -> Value<(i64, i64)> {
        self.view.str("containerPortRange").and_then(|range| {
            let (low, high) = range.split_once('-')?;
            Some((low.parse().ok()?, high.parse().ok()?))
        })
    }

    /// The place to report when a member is missing: the container port, or the opening brace of the mapping.
    pub fn anchor(self) -> Place {
        self.view.heading("containerPort")
    }

    /// Whether the host port is chosen when the task starts: if it is 0 or absent in bridge mode, never otherwise.
    /// Fargate has no host ports; a task definition for Fargate without a network mode is invalid for that reason
    /// alone.
    pub fn is_dynamic(self) -> Value<bool> {
        if let Some(place) = self.container.task.requires("FARGATE") {
            return Value::Known(false, place);
        }
        match self.container.task.network_mode() {
            Value::Known(NetworkMode::Bridge, _) => {
                self.host_port().and_then(|port| Some(port == 0)).or_default(true, self.anchor())
            }
            Value::Known(_, place) => Value::Known(false, place),
            Value::Unknown(place) => Value::Unknown(place),
            Value::Missing => Value::Missing,
        }
    }
}

impl<'a> PortMapping<'a> {
    /// `protocol`; the default is `tcp`.
    pub fn protocol(self) -> Value<&'a str> {
        self.view.str("protocol").or_default("tcp", self.anchor())
    }

    /// The first and the last container port, for a single port or a range.
    pub fn ports(self) -> Value<(i64, i64)> {
        match self.range() {
            Value::Missing => self.container_port().and_then(|port| Some((port, port))),
            range => range,
        }
    }

    /// The static host port; missing if the port is chosen when the task starts. In host mode, the default is the
    /// container port.
    pub fn static_host_port(self) -> Value<i64> {
        let port = match (self.host_port(), self.container.task.network_mode()) {
            (Value::Missing, Value::Known(NetworkMode::Host, _)) => self.container_port(),
            (port, Value::Known(NetworkMode::Host | NetworkMode::Bridge, _)) => port,
            (_, Value::Known(_, _)) => Value::Missing,
            (port, _) => port.and_then(|_| None),
        };
        match port {
            Value::Known(0, _) => Value::Missing,
            port => port,
        }
    }
}

/// Returns `true` if a value is the name of an ECR repository in Terraform.
fn is_repository(why: &Unknown) -> bool {
    let Unknown::Attribute { of, attribute } = why else { return false };
    attribute == "repository_url" && ref_kind(of) == Some(RefKind::Request(Kind::Repository))
}

impl Container<'_> {
    /// Returns `true` if the two can run at the same time, because neither waits for the other to exit.
    pub fn may_run_with(self, other: Container) -> bool {
        !self.starts_after_end_of(other) && !other.starts_after_end_of(self)
    }

    /// Returns `true` if it starts only after the other has exited, so that the two never run at the same time.
    fn starts_after_end_of(self, other: Container) -> bool {
        let name = other.name().known();
        self.view.list("dependsOn").objects().any(|dependency| {
            let ended = matches!(dependency.str("condition").known(), Some("COMPLETE" | "SUCCESS"));
            ended && name.is_some() && dependency.str("containerName").known() == name
        })
    }
}
