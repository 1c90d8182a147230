//! The names that a task definition gives, and the places that use them: of containers, volumes, ports and families.

use smol_str::{SmolStr, format_smolstr};

use crate::lsp::run::{Point, Run};
use crate::model::{Link, Project, Service, Task};
use crate::source::Span;
use crate::value::Node;
use crate::view::{UnknownReads, View};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Container,
    Volume,
    Port,
    /// A container's port by its number.
    Number,
    Family,
}

/// What stands at a place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The name is given here.
    Given,
    /// What has the name is referred to.
    Used,
}

/// One place where a name stands.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// What it names.
    pub kind: Kind,
    /// Where the task definition stands that gives the name.
    pub task: Span,
    /// The name; of a port's number with the container's name before it.
    pub text: SmolStr,
    /// The bytes it is written in.
    pub at: Span,
    /// Where it is used, if that is another place.
    pub used: Option<Span>,
    /// Whether it is given here.
    pub role: Role,
}

impl Name {
    /// Where a reader looks for it.
    pub(super) fn place(&self) -> Span {
        self.used.unwrap_or(self.at)
    }

    /// Whether both certainly name the same.
    fn is_same(&self, other: &Name) -> bool {
        (self.kind, self.task, &self.text) == (other.kind, other.task, &other.text)
    }
}

/// All places where the name stands that a client points at. A file that several task definitions read, or a module
/// that is called twice, has names that are the same in each of them.
pub(super) fn at(run: &Run, point: Point) -> Vec<Name> {
    let mut all = all(run);
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

/// All names of a run.
pub(super) fn all(run: &Run) -> Vec<Name> {
    let reads = UnknownReads::default();
    let project = Project::new(&run.reading.workspace, &reads);
    let mut names = Vec::new();
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

    /// A member that is a name.
    fn member(&mut self, kind: Kind, role: Role, view: View, key: &str) {
        if let Some(entry) = view.entry(key)
            && let Some(text) = entry.value.as_str()
        {
            self.add(kind, role, text, &entry.value);
        }
    }

    /// A member of each object of a list.
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
