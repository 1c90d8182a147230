//! What starts a task and replaces settings of its containers: `RunTask`, EventBridge targets, schedules, and state machines.

use crate::model::run::calls;
use crate::model::{Link, Project, Task, without_key};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{Field, View};

/// The override of a container.
#[derive(Clone, Copy, Debug)]
pub struct Override<'a> {
    /// The resource that starts the task.
    pub resource: &'a Resource,
    /// The value that names the task definition.
    pub task_definition: &'a Node,
    /// The name of the container.
    pub name: Field<'a>,
}

impl<'a> Project<'a> {
    /// The overrides of containers, in everything that starts tasks apart from services.
    pub fn container_overrides(self) -> impl Iterator<Item = Override<'a>> {
        let kinds = [Kind::RunTask, Kind::EventTarget, Kind::Schedule, Kind::StateMachine].into_iter();
        kinds.flat_map(move |kind| self.of(kind)).flat_map(move |resource| of(resource, self.view(resource)))
    }
}

impl<'a> Override<'a> {
    /// The task definition that has the container, unless Terraform leaves its containers, or what runs it, as they are.
    pub fn task(self, project: Project<'a>) -> Link<Task<'a>> {
        let is_left = ["EcsParameters/TaskDefinitionArn", "Input", "Target", "Definition"];
        if is_left.iter().any(|member| self.resource.ignores(member)) {
            return Link::Unknown;
        }
        match project.task_named(&without_key(self.task_definition), self.resource) {
            Link::To(task) if !task.keeps_containers() => Link::Unknown,
            link => link,
        }
    }
}

fn of<'a>(resource: &'a Resource, view: View<'a>) -> Vec<Override<'a>> {
    match resource.kind {
        Kind::RunTask => request(resource, view),
        Kind::EventTarget => target(resource, view),
        Kind::Schedule => {
            view.object("Target").known().map(|view| target(resource, view)).unwrap_or_default()
        }
        Kind::StateMachine => calls(view)
            .into_iter()
            .flat_map(|call| {
                let overrides = call.arguments.object("Overrides").known();
                let containers =
                    overrides.into_iter().flat_map(|all| all.list("ContainerOverrides").objects());
                containers.map(|container| container.field("Name")).map(move |name| Override {
                    resource,
                    task_definition: call.task_definition,
                    name,
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn request<'a>(resource: &'a Resource, view: View<'a>) -> Vec<Override<'a>> {
    let (Some(named), Some(overrides)) = (view.entry("taskDefinition"), view.object("overrides").known())
    else {
        return Vec::new();
    };
    containers(resource, &named.value, overrides)
}

fn target<'a>(resource: &'a Resource, view: View<'a>) -> Vec<Override<'a>> {
    let named = view.object("EcsParameters").known().and_then(|tasks| tasks.entry("TaskDefinitionArn"));
    let (Some(named), Some(overrides)) = (named, view.object("Input").known()) else { return Vec::new() };
    containers(resource, &named.value, overrides)
}

fn containers<'a>(
    resource: &'a Resource,
    task_definition: &'a Node,
    overrides: View<'a>,
) -> Vec<Override<'a>> {
    let containers = overrides.list("containerOverrides").objects();
    containers
        .map(|container| Override { resource, task_definition, name: container.field("name") })
        .collect()
}
