//! Draws the services of a run.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::ResourceId;
use crate::engine::{self, Outcome, Reading};
use crate::graph::entry;
use crate::graph::parts::{Graph, ServiceGraph};
use crate::graph::pen::Pen;
use crate::graph::sketch::Sketch;
use crate::graph::{badges, exits, roles, tasks};
use crate::model::{Kind, Project, Resource, Service, Task};
use crate::parallel;
use crate::view::UnknownReads;
use crate::workspace::Workspace;

/// Draws all services and tasks of a run, and places its findings. Of the scenarios of a component, the first of `scenarios` is
/// drawn, or its first one.
pub fn build(reading: &Reading, outcome: &Outcome, scenarios: &[String]) -> Graph {
    let pen = Pen { redactor: &outcome.redactor };
    let components = engine::first_worlds(&reading.workspace, scenarios);
    let services = parallel::map(&components, |component| {
        let scenario = component.scenario.as_deref().map(|name| pen.text(name));
        of_component(
            &Workspace::new(component.units.iter().map(Arc::clone).collect()),
            pen,
            scenario.as_deref(),
        )
    });
    let mut graph = Graph { services: services.into_iter().flatten().collect(), others: Vec::new() };
    make_unique(&mut graph.services);
    badges::place(&mut graph, &outcome.diagnostics);
    graph
}

fn of_component(workspace: &Workspace, pen: Pen, scenario: Option<&str>) -> Vec<ServiceGraph> {
    let reads = UnknownReads::default();
    let project = Project::new(workspace, &reads);
    let of_service = |service: Service| {
        let mut sketch = Sketch::new(project, pen);
        let ends = tasks::service(&mut sketch, service);
        entry::draw(&mut sketch, service, &ends);
        roles::cluster(&mut sketch, service, 0);
        if let Some(task) = service.task().known() {
            needs(&mut sketch, Some(service), task);
        }
        finish(sketch, service.resource, scenario)
    };
    let mut drawn: Vec<ServiceGraph> = project.balanced().map(of_service).collect();
    let run = project.balanced().filter_map(|service| service.task().known());
    let run: FxHashSet<ResourceId> = run.map(|task| task.resource.id).collect();
    let alone = project.definitions().filter(|task| !run.contains(&task.resource.id));
    let alone = alone.chain(project.express_services());
    drawn.extend(alone.map(|task| {
        let mut sketch = Sketch::new(project, pen);
        tasks::task(&mut sketch, task, None);
        needs(&mut sketch, None, task);
        finish(sketch, task.resource, scenario)
    }));
    drawn
}

/// Draws what a task needs: roles, and what it reaches.
fn needs<'a>(sketch: &mut Sketch<'a, '_>, service: Option<Service<'a>>, task: Task<'a>) {
    roles::roles(sketch, task, 0);
    exits::draw(sketch, service, task, 0);
}

fn finish(sketch: Sketch, resource: &Resource, scenario: Option<&str>) -> ServiceGraph {
    let key = match resource.kind {
        Kind::Service | Kind::TaskSet => "serviceName",
        _ => "family",
    };
    let address = resource.address.as_ref().map(|address| sketch.pen.text(&address.to_string()));
    let named = resource.request.get(key).filter(|name| name.as_str().is_some());
    let named = named.map(|name| sketch.pen.value(name));
    let fallback = sketch.nodes.first().map(|node| node.name.clone()).unwrap_or_default();
    ServiceGraph {
        id: address.clone().or_else(|| named.clone()).unwrap_or_else(|| fallback.clone()),
        name: named.or(address).unwrap_or(fallback),
        at: Some(resource.header),
        scenario: scenario.map(str::to_owned),
        nodes: sketch.nodes,
        edges: sketch.edges,
        ..ServiceGraph::default()
    }
}

/// Numbers the ids that occur several times, as in several root modules.
fn make_unique(services: &mut [ServiceGraph]) {
    let mut seen = FxHashMap::default();
    for service in services {
        let count = seen.entry(service.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            service.id = format!("{} #{count}", service.id);
        }
    }
}
