//! What starts tasks apart from services: EventBridge targets, schedules, and state machines.

use std::collections::BTreeSet;

use crate::address::ResourceId;
use crate::diagnostic::Place;
use crate::model::{Link, Project, Task, without_key};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{Value, View};

/// Something that starts tasks with a role of its own.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The resource.
    pub resource: &'a Resource,
    /// The request to run a task.
    pub request: View<'a>,
    /// The value that names the task definition.
    pub task_definition: &'a Node,
    /// The value that names the role.
    pub role: &'a Node,
    /// The value that names the cluster.
    pub cluster: Option<&'a Node>,
    /// What gives tags to the task.
    pub tags: Option<Place>,
    /// The place that says that it waits for the task to end.
    pub waits: Option<Place>,
    /// Whether it replaces roles of the task definition.
    pub overrides_roles: bool,
}

impl<'a> Project<'a> {
    /// Everything that starts tasks apart from services.
    pub fn runs(self) -> impl Iterator<Item = Run<'a>> {
        let kinds = [Kind::EventTarget, Kind::Schedule, Kind::StateMachine].into_iter();
        kinds.flat_map(move |kind| self.of(kind)).flat_map(move |resource| of(self, resource))
    }
}

impl<'a> Run<'a> {
    /// The task definition that it runs.
    pub fn task(self, project: Project<'a>) -> Link<Task<'a>> {
        // A text of JSON has a reference as its only part.
        project.task_named(&without_key(self.task_definition), self.resource)
    }
}

/// The task definitions that something in the files starts.
#[derive(Clone, Debug, Default)]
pub struct Started(BTreeSet<ResourceId>);

impl Started {
    /// Returns `true` if something starts the task definition with its own roles. A task that is started in another way may get other
    /// roles.
    pub fn contains(&self, task: Task) -> bool {
        self.0.contains(&task.resource.id)
    }
}

impl Project<'_> {
    /// The task definitions that services, targets, schedules, and state machines start with their own roles.
    pub fn started(self) -> Started {
        let services = self.services().filter_map(|service| service.task().known());
        let runs = self.runs().filter(|run| !run.overrides_roles);
        let tasks = services.chain(runs.filter_map(|run| run.task(self).known()));
        Started(tasks.map(|task| task.resource.id).collect())
    }
}

/// What a resource starts.
pub(super) fn of<'a>(project: Project<'a>, resource: &'a Resource) -> std::vec::IntoIter<Run<'a>> {
    let view = project.view(resource);
    let found = match resource.kind {
        Kind::EventTarget => target(resource, view).into_iter().collect(),
        Kind::Schedule => {
            view.object("Target").known().and_then(|view| target(resource, view)).into_iter().collect()
        }
        Kind::StateMachine => machine(resource, view),
        _ => Vec::new(),
    };
    found.into_iter()
}

fn target<'a>(resource: &'a Resource, view: View<'a>) -> Option<Run<'a>> {
    let tasks = view.object("EcsParameters").known()?;
    let tags = tasks.given("Tags").or_else(|| tasks.given("PropagateTags"));
    Some(Run {
        resource,
        request: tasks,
        task_definition: &tasks.entry("TaskDefinitionArn")?.value,
        role: &view.entry("RoleArn")?.value,
        cluster: view.entry("Arn").map(|entry| &entry.value),
        tags: tags.map(|entry| Place::from(&entry.value)),
        waits: None,
        overrides_roles: false,
    })
}

fn machine<'a>(resource: &'a Resource, view: View<'a>) -> Vec<Run<'a>> {
    let Some(role) = view.entry("RoleArn") else { return Vec::new() };
    calls(view).into_iter().filter_map(|call| run(resource, &role.value, call)).collect()
}

/// A state that runs a task.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    /// The integration.
    service: &'a Node,
    /// The request.
    pub arguments: View<'a>,
    /// The value that names the task definition, unless it is computed.
    pub task_definition: &'a Node,
}

/// The states of a state machine that run a task.
pub(super) fn calls(machine: View<'_>) -> Vec<Call<'_>> {
    let mut states = Vec::new();
    if let Value::Known(definition, _) = machine.object("Definition") {
        collect(definition, &mut states);
    }
    states.into_iter().filter_map(call).collect()
}

fn call(state: View<'_>) -> Option<Call<'_>> {
    let service = &state.entry("Resource")?.value;
    service.known_end().contains(":states:::ecs:runTask").then_some(())?;
    let arguments = state.object("Parameters").known().or_else(|| state.object("Arguments").known())?;
    let task_definition = &arguments.entry("TaskDefinition")?.value;
    let is_computed = task_definition.as_str().is_some_and(|text| text.contains("{%"));
    (!is_computed).then_some(Call { service, arguments, task_definition })
}

/// The states of a state machine, and of the maps and branches within them.
fn collect<'a>(machine: View<'a>, found: &mut Vec<View<'a>>) {
    let Value::Known(states, _) = machine.object("States") else { return };
    for entry in states.node.as_object().into_iter().flat_map(|states| &states.entries) {
        let state = machine.at(&entry.value);
        found.push(state);
        state.list("Branches").objects().for_each(|branch| collect(branch, found));
        for key in ["Iterator", "ItemProcessor"] {
            state.object(key).known().into_iter().for_each(|inner| collect(inner, found));
        }
    }
}

/// The task that a state runs.
fn run<'a>(resource: &'a Resource, role: &'a Node, call: Call<'a>) -> Option<Run<'a>> {
    let Call { service, arguments, task_definition } = call;
    let end = service.known_end();
    let (_, integration) = end.split_once(":states:::ecs:runTask")?;
    let overrides = arguments.entry("Overrides");
    let overrides_roles = overrides.is_some_and(|overrides| {
        let object = overrides.value.as_object();
        object.is_none_or(|object| object.entries.iter().any(|entry| entry.key.contains("RoleArn")))
    });
    let tags = arguments.given("Tags").or_else(|| arguments.given("PropagateTags"));
    Some(Run {
        resource,
        request: arguments,
        task_definition,
        role,
        cluster: arguments.entry("Cluster").map(|entry| &entry.value),
        tags: tags.map(|entry| Place::from(&entry.value)),
        waits: (integration == ".sync").then(|| Place::from(service)),
        overrides_roles,
    })
}
