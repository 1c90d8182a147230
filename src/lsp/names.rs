//! The names that a task definition defines, and their uses: containers, volumes, ports, and families. Also those that a file declares
//! for its own use, such as the parameters of a template.

use smol_str::{SmolStr, format_smolstr};

use crate::frontend::{self, LocalName};
use crate::inspect::Point;
use crate::lsp::run::Run;
use crate::model::{Link, Project, Service, Task};
use crate::source::{FileId, Span};
use crate::value::Node;
use crate::view::{UnknownReads, View};

/// The kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Container,
    Volume,
    Port,
    /// The number of a container port.
    Number,
    Family,
    /// A name that a file declares for its own use, by what it names.
    Local(&'static str),
}

/// Whether a place defines or uses a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Defines the name.
    Given,
    /// Refers to the name.
    Used,
}

/// A place of a name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The kind of the name.
    pub kind: Kind,
    /// The place of the task definition that defines the name, or the start of the file.
    pub task: Span,
    /// The name; for a port number, prefixed with the container's name.
    pub text: SmolStr,
    /// The bytes it is written in.
    pub at: Span,
    /// Where it is used, if different.
    pub used: Option<Span>,
    /// Whether it is a definition or a use.
    pub role: Role,
}

impl Name {
    fn local(name: LocalName) -> Name {
        let LocalName { namespace, text, at, declared, .. } = name;
        let role = if declared.is_some() { Role::Given } else { Role::Used };
        let task = Span { start: 0, end: 0, ..at };
        Name { kind: Kind::Local(namespace), task, text, at, used: None, role }
    }

    /// The place to show.
    pub(super) fn place(&self) -> Span {
        self.used.unwrap_or(self.at)
    }

    /// Whether both certainly refer to the same name.
    fn is_same(&self, other: &Name) -> bool {
        (self.kind, self.task, &self.text) == (other.kind, other.task, &other.text)
    }
}

/// All places of the name at a point. If several task definitions read the file, or a module is called twice, the
/// names of each of them are included.
pub(super) fn at(run: &Run, point: Point) -> Vec<Name> {
    let mut all = all(run, point.file);
    let is_here = |name: &Name| point.touches(name.place()) || point.touches(name.at);
    let mut same: Vec<Name> = all.extract_if(.., |name| is_here(name)).collect();
    let mut next = 0;
    while let Some(name) = same.get(next).cloned() {
        let linked = |other: &mut Name| other.is_same(&name) || other.at == name.at;
        same.extend(all.extract_if(.., linked));
        next += 1;
    }
    same.sort_by_key(|name| (name.place(), name.role));
    same.dedup_by_key(|name| name.place());
    same
}

/// All names of a run, and those that a file declares for its own use.
pub(super) fn all(run: &Run, file: FileId) -> Vec<Name> {
    let reads = UnknownReads::default();
    let project = Project::new(&run.reading.workspace, &reads);
    let mut names: Vec<Name> =
        frontend::local_names(&run.sources, file).into_iter().map(Name::local).collect();
    for task in project.tasks() {
        Collector { task: task.resource.header, names: &mut names }.of_task(task);
    }
    for service in project.services() {
        if let Link::To(task) = service.task() {
            Collector { task: task.resource.header, names: &mut names }.of_service(service, task);
        }
    }
    names
}

struct Collector<'n> {
    task: Span,
    names: &'n mut Vec<Name>,
}

impl Collector<'_> {
    fn add(&mut self, kind: Kind, role: Role, text: impl Into<SmolStr>, node: &Node) {
        let Node { at, used, .. } = *node;
        self.names.push(Name { kind, task: self.task, text: text.into(), at, used, role });
    }

    /// Adds a member that is a name.
    fn member(&mut self, kind: Kind, role: Role, view: View, key: &str) {
        if let Some(entry) = view.entry(key)
            && let Some(text) = entry.value.as_str()
        {
            self.add(kind, role, text, &entry.value);
        }
    }

    /// Adds a member of each object in a list.
    fn members(&mut self, kind: Kind, view: View, list: &str, key: &str) {
        for item in view.list(list).objects() {
            self.member(kind, Role::Used, item, key);
        }
    }

    fn of_task(&mut self, task: Task) {
        self.member(Kind::Family, Role::Given, task.view, "family");
        for volume in task.view.list("volumes").objects() {
            self.member(Kind::Volume, Role::Given, volume, "name");
        }
        if let Some(proxy) = task.view.object("proxyConfiguration").known() {
            self.member(Kind::Container, Role::Used, proxy, "containerName");
        }
        for container in task.containers() {
            self.member(Kind::Container, Role::Given, container.view, "name");
            self.members(Kind::Container, container.view, "dependsOn", "containerName");
            self.members(Kind::Container, container.view, "volumesFrom", "sourceContainer");
            self.members(Kind::Volume, container.view, "mountPoints", "sourceVolume");
            for link in container.view.list("links").iter() {
                if let Some(text) = link.node.as_str() {
                    let name = text.split_once(':').map_or(text, |(name, _)| name);
                    self.add(Kind::Container, Role::Used, name, link.node);
                }
            }
            for mapping in container.port_mappings() {
                self.member(Kind::Port, Role::Given, mapping.view, "name");
                self.number(Role::Given, mapping.view, container.name().known());
            }
        }
    }

    fn of_service(&mut self, service: Service, task: Task) {
        let named = task.family().known().zip(service.view.entry("taskDefinition"));
        if let Some((family, entry)) = named
            && entry.value.as_str().is_some()
        {
            self.add(Kind::Family, Role::Used, family, &entry.value);
        }
        for list in ["loadBalancers", "serviceRegistries"] {
            for item in service.view.list(list).objects() {
                self.member(Kind::Container, Role::Used, item, "containerName");
                self.number(Role::Used, item, item.str("containerName").known());
            }
        }
        self.members(Kind::Volume, service.view, "volumeConfigurations", "name");
        self.members(Kind::Port, service.view, "vpcLatticeConfigurations", "portName");
        if let Some(connect) = service.view.object("serviceConnectConfiguration").known() {
            self.members(Kind::Port, connect, "services", "portName");
        }
    }

    fn number(&mut self, role: Role, view: View, container: Option<&str>) {
        let port = view.int("containerPort").known().zip(view.entry("containerPort"));
        if let (Some((port, entry)), Some(container)) = (port, container) {
            self.add(Kind::Number, role, format_smolstr!("{container} {port}"), &entry.value);
        }
    }
}
