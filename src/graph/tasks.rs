//! A service, its task definition, and its containers.

use crate::graph::entry::Ends;
use crate::graph::parts::{Edge, Memory, Node, NodeKind};
use crate::graph::pen::{cpu, memory};
use crate::graph::sketch::Sketch;
use crate::model::{Compute, Container, Egress, Link, PortMapping, Service, SubnetExposure, Task};
use crate::report::plain::counted;
use crate::value;
use crate::view::Value;

/// Draws a service with its task definition.
pub(super) fn service(sketch: &mut Sketch, service: Service) -> Ends {
    let facts = [capacity(sketch, service), tasks(sketch, service)].into_iter().flatten();
    let facts: Vec<String> = facts.chain(network(sketch, service)).collect();
    let node = sketch.of(NodeKind::Service, service.resource).facts(facts);
    let node =
        service.subnets().into_iter().fold(node, |node, subnet| match sketch.project.subnet_of(subnet) {
            Link::To(resource) => node.with(resource),
            Link::Unknown | Link::None => node,
        });
    let node = match sketch.project.scaling_of(service.resource) {
        Some(target) => node.with(target),
        None => node,
    };
    let index = sketch.add(node);
    match (service.task(), service.view.entry("taskDefinition")) {
        (Link::To(definition), _) => task(sketch, definition, Some(index)),
        (Link::Unknown, Some(named)) => {
            let node = sketch.referred(NodeKind::Task, &named.value).inside(index);
            Ends { task: sketch.add(node), containers: Vec::new() }
        }
        _ => Ends { task: index, containers: Vec::new() },
    }
}

/// Draws a task definition and its containers.
pub(super) fn task(sketch: &mut Sketch, task: Task, within: Option<usize>) -> Ends {
    let mode = task.network_mode().known().map(|mode| mode.name().to_owned());
    let size = [task.cpu().known().map(cpu), task.memory().known().map(memory)];
    let size: Vec<String> = size.into_iter().flatten().collect();
    let size = (!size.is_empty()).then(|| size.join(", "));
    let system = task.view.object("runtimePlatform").known().map(|platform| {
        let parts = ["operatingSystemFamily", "cpuArchitecture"];
        let parts = parts.iter().filter_map(|key| sketch.pen.member(platform, key));
        parts.collect::<Vec<_>>().join(", ")
    });
    let facts = mode.into_iter().chain(size).chain(system.filter(|system| !system.is_empty()));
    let node = sketch.of(NodeKind::Task, task.resource).facts(facts).divided(division(sketch, task));
    let index = sketch.add(Node { within, ..node });
    let all = task.containers().chain(task.primary_container());
    let containers: Vec<(String, usize)> = all
        .map(|one| {
            let node = container(sketch, one).inside(index);
            (one.name().known().unwrap_or_default().to_owned(), sketch.add(node))
        })
        .collect();
    for (one, (_, node)) in task.containers().zip(&containers) {
        order(sketch, one, *node, &containers);
    }
    Ends { task: index, containers }
}

fn container(sketch: &Sketch, container: Container) -> Node {
    let pen = sketch.pen;
    let view = container.view;
    let name = pen.member(view, "name").unwrap_or_else(|| format!("container {}", container.index + 1));
    let ports = container.port_mappings().map(|port| mapping(sketch, port));
    let limits = [("memory", "memory"), ("memoryReservation", "reserves")];
    let limits =
        limits.iter().filter_map(|(key, says)| Some(format!("{says} {}", memory(view.int(key).known()?))));
    let optional = (container.essential().known() == Some(false)).then(|| "not essential".to_owned());
    let mounts = view.list("mountPoints").objects().filter_map(|mount| {
        let volume = pen.member(mount, "sourceVolume")?;
        Some(format!("mounts {volume} at {}", pen.member(mount, "containerPath")?))
    });
    let secrets = container.secrets().len();
    let secrets = (secrets > 0).then(|| counted(secrets, "secret"));
    let image = pen.member(view, "image").map(|image| image_end(&image));
    let facts = image.into_iter().chain(ports).chain(limits).chain(optional).chain(mounts).chain(secrets);
    let anchor = container.anchor();
    Node::new(NodeKind::Container, format!("container {} {name}", container.index), name)
        .at(anchor.span)
        .place(anchor)
        .containing(view.node)
        .facts(facts)
}

/// The image without its registry, which is a node of its own.
fn image_end(image: &str) -> String {
    match image.split_once('/') {
        Some((host, rest)) if host.contains('.') || host.contains(':') => rest.to_owned(),
        _ => image.to_owned(),
    }
}

fn mapping(sketch: &Sketch, port: PortMapping) -> String {
    let pen = sketch.pen;
    let container =
        pen.member(port.view, "containerPort").or_else(|| pen.member(port.view, "containerPortRange"));
    let container = container.unwrap_or_else(|| "?".to_owned());
    let host = pen.member(port.view, "hostPort").filter(|host| *host != container);
    let host = match (host.as_deref(), port.is_dynamic()) {
        (Some("0") | None, Value::Known(true, _)) => "dynamic port → ".to_owned(),
        (Some(host), _) => format!("host port {host} → "),
        (None, _) => String::new(),
    };
    let protocol = pen.member(port.view, "protocol").filter(|protocol| protocol != "tcp");
    format!("{host}port {container}{}", protocol.map(|protocol| format!("/{protocol}")).unwrap_or_default())
}

/// Draws which containers start first.
fn order(sketch: &mut Sketch, container: Container, node: usize, all: &[(String, usize)]) {
    for dependency in container.view.list("dependsOn").objects() {
        let Some(name) = dependency.str("containerName").known() else { continue };
        let Some((_, first)) = all.iter().find(|(known, _)| known == name) else { continue };
        let condition = sketch.pen.member(dependency, "condition");
        sketch.connect(Edge::new(node, *first).label(condition).containing(dependency.node));
    }
}

/// How the memory of a task is divided among its containers.
fn division(sketch: &Sketch, task: Task) -> Option<Memory> {
    let total = task.memory().known().filter(|total| *total > 0)?;
    let parts = task.containers().filter_map(|container| {
        let own = container.view.int("memory").known().or(container.view.int("memoryReservation").known())?;
        Some((sketch.pen.text(container.name().known().unwrap_or("?")), own))
    });
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then_some(Memory { total, parts })
}

/// What the tasks run on.
fn capacity(sketch: &Sketch, service: Service) -> Option<String> {
    let strategy = service.capacity_providers().objects();
    let providers = strategy.filter_map(|item| sketch.pen.member(item, "capacityProvider"));
    let providers: Vec<String> = providers.collect();
    if !providers.is_empty() {
        return Some(format!("on {}", providers.join(", ")));
    }
    let named = sketch.pen.member(service.view, "launchType").map(|launch| format!("on {launch}"));
    named.or_else(|| {
        let by_default = match service.compute().known()? {
            Compute::Fargate => "FARGATE",
            Compute::Instances => "EC2",
            Compute::Managed => "Managed Instances",
            Compute::External => "EXTERNAL",
        };
        Some(format!("on {by_default}"))
    })
}

/// How many tasks there are.
fn tasks(sketch: &Sketch, service: Service) -> Option<String> {
    if service.daemon().is_some() {
        return Some("one task on each instance".to_owned());
    }
    let target = sketch.project.scaling_of(service.resource).map(|target| sketch.project.view(target));
    let ends = target.map(|target| ["MinCapacity", "MaxCapacity"].map(|key| sketch.pen.member(target, key)));
    if let Some([Some(least), Some(most)]) = ends {
        return Some(format!("{least} to {most} tasks"));
    }
    let count = sketch.pen.member(service.view, "desiredCount")?;
    Some(format!("{count} {}", if count == "1" { "task" } else { "tasks" }))
}

/// The subnets of the tasks, and whether these have public addresses.
fn network(sketch: &Sketch, service: Service) -> Vec<String> {
    let address = service.network().known().and_then(|_| service.assign_public_ip().known());
    let address =
        address.map(|is_public| if is_public { "public IP address" } else { "no public IP address" });
    let subnets = service.subnets().into_iter().map(|node| subnet(sketch, node));
    address.map(str::to_owned).into_iter().chain(subnets).collect()
}

fn subnet(sketch: &Sketch, node: &value::Node) -> String {
    let exposure = match sketch.project.exposure(node) {
        SubnetExposure::Routed(Egress::Internet, _) => Some("public"),
        SubnetExposure::Routed(Egress::Private | Egress::BrokenNat(_), _) | SubnetExposure::ByName => {
            Some("private")
        }
        SubnetExposure::Routed(Egress::None | Egress::NoRouteTable, _) => Some("isolated"),
        SubnetExposure::Routed(Egress::Partial | Egress::Inner, _) | SubnetExposure::Unknown => None,
    };
    let resource = sketch.project.subnet_of(node).known();
    let zone = resource.and_then(|subnet| sketch.pen.member(sketch.project.view(subnet), "AvailabilityZone"));
    let name = sketch.pen.value(node);
    let more = exposure.map(str::to_owned).into_iter().chain(zone).collect::<Vec<_>>().join(", ");
    if more.is_empty() { format!("subnet {name}") } else { format!("subnet {name} ({more})") }
}
