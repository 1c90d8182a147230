//! What tasks need from outside, and the ways to it: registries, logs, secrets, file systems, and databases.

use std::ops::RangeInclusive;

use crate::diagnostic::Place;
use crate::graph::parts::{Edge, Node, NodeKind};
use crate::graph::sketch::Sketch;
use crate::model::{
    Container, Egress, Image, Link, NetworkMode, Peer, Resource, SecurityGroupSet, Service, Store,
    SubnetExposure, Task, store, without_key,
};
use crate::value;

/// Something that the tasks reach, with the places that show it.
struct Need {
    node: usize,
    /// The VPC endpoint that leads to it, such as `ecr.dkr`; `None` if it is not an AWS service.
    service: Option<&'static str>,
    places: Vec<Place>,
}

/// Draws what the containers of a task need.
pub(super) fn draw(sketch: &mut Sketch, service: Option<Service>, task: Task, from: usize) {
    let mut needs = Vec::new();
    for container in task.containers().chain(task.primary_container()) {
        needs.extend(image(sketch, container));
        needs.extend(logs(sketch, container));
        needs.extend(secrets(sketch, container));
        needs.extend(files(sketch, container));
        databases(sketch, service, container, from);
    }
    file_systems(sketch, service, task, from);
    needs.extend(service.and_then(|service| exec(sketch, service)));
    let Some(service) = service else {
        needs.iter().for_each(|need| sketch.connect(need.edge(from, need.node).known(false)));
        return;
    };
    let endpoints = sketch.project.endpoints_used(&service.subnets());
    let mut gateways = None;
    for need in needs {
        let endpoint =
            endpoints.iter().find(|endpoint| need.service.is_some_and(|name| endpoint.is_for(name)));
        let through = match (endpoint, need.service) {
            (Some(endpoint), Some(name)) => {
                let node = sketch.of(NodeKind::Exit, endpoint.resource);
                vec![sketch.add(node.facts([format!("VPC endpoint for {name}")]))]
            }
            _ => gateways.get_or_insert_with(|| ways(sketch, service)).clone(),
        };
        if through.is_empty() {
            sketch.connect(need.edge(from, need.node).known(false));
        }
        for way in through {
            let is_known = sketch.nodes[way].is_known;
            sketch.connect(need.edge(from, way).known(is_known));
            sketch.connect(need.edge(way, need.node).known(is_known));
        }
    }
}

impl Need {
    /// An edge on the way to it.
    fn edge(&self, from: usize, to: usize) -> Edge {
        self.places.iter().fold(Edge::new(from, to), |edge, place| edge.place(*place))
    }
}

/// The gateways of the subnets.
fn ways(sketch: &mut Sketch, service: Service) -> Vec<usize> {
    let mut found = Vec::new();
    let mode = service.task().known().and_then(|task| task.network_mode().known());
    if mode.is_some_and(|mode| mode != NetworkMode::Awsvpc) {
        return vec![sketch.add(Node::new(NodeKind::Exit, "exit instance", "network of the instance"))];
    }
    for subnet in service.subnets() {
        let node = match sketch.project.exposure(subnet) {
            SubnetExposure::Routed(egress, place) => gateway(egress).place(place),
            SubnetExposure::ByName | SubnetExposure::Unknown => {
                Node { is_known: false, ..Node::new(NodeKind::Exit, "exit unknown", "routes of the subnets") }
            }
        };
        let at = node.places.first().copied();
        let node = sketch.add(match at {
            Some(at) => node.at(at),
            None => node,
        });
        if !found.contains(&node) {
            found.push(node);
        }
    }
    found
}

fn gateway(egress: Egress) -> Node {
    match egress {
        Egress::Internet => Node::new(NodeKind::Exit, "exit internet", "internet gateway"),
        Egress::Private | Egress::BrokenNat(_) => {
            Node::new(NodeKind::Exit, "exit private", "NAT gateway or other gateway")
        }
        Egress::None | Egress::NoRouteTable => Node::new(NodeKind::Exit, "exit none", "no default route"),
        Egress::Partial | Egress::Inner => {
            Node { is_known: false, ..Node::new(NodeKind::Exit, "exit partial", "other routes") }
        }
    }
}

fn need(
    sketch: &mut Sketch,
    name: String,
    service: Option<&'static str>,
    fact: Option<String>,
    place: Place,
) -> Need {
    let node = Node::new(NodeKind::Destination, format!("destination {name}"), name).facts(fact);
    Need { node: sketch.add(node), service, places: vec![place] }
}

fn image(sketch: &mut Sketch, container: Container) -> Option<Need> {
    let entry = container.view.entry("image")?;
    let place = Place::from(&entry.value);
    let written = sketch.pen.value(&entry.value);
    let name = container.image_name();
    if container.private_ecr_image().is_some() {
        return Some(need(sketch, "ECR".to_owned(), Some("ecr.dkr"), None, place));
    }
    let host = written.split_once('/').map(|(host, _)| host).filter(|host| host.contains('.'));
    let host = match (host, name.filter(Image::is_public)) {
        (Some(host), _) => host.to_owned(),
        (None, Some(_)) => "docker.io".to_owned(),
        (None, None) => "registry".to_owned(),
    };
    Some(need(sketch, host, None, None, place))
}

fn logs(sketch: &mut Sketch, container: Container) -> Option<Need> {
    let log = container.log().known()?;
    let driver = container.log_driver().known()?;
    let place = log.view.heading("logDriver");
    if driver != "awslogs" {
        let driver = sketch.pen.text(driver);
        return Some(need(sketch, format!("logs by {driver}"), None, None, place));
    }
    let options = log.options().known();
    let group = options.and_then(|options| options.entry("awslogs-group"));
    let fact = group.map(|group| sketch.pen.value(&group.value));
    let mut need = need(sketch, "CloudWatch Logs".to_owned(), Some("logs"), fact, place);
    need.places.extend(options.map(|options| options.place()));
    need.places.extend(log.view.entry("logDriver").map(|entry| Place::from(&entry.value)));
    if let Some(group) = group {
        need.places.push(Place::from(&group.value));
    }
    Some(need)
}

fn secrets(sketch: &mut Sketch, container: Container) -> Vec<Need> {
    let values = container.secrets().into_iter().filter_map(|secret| Some(&secret.entry("valueFrom")?.value));
    let values: Vec<&value::Node> = values.collect();
    let found = values.into_iter().filter_map(|value| {
        let (name, service) = match store(&without_key(value))? {
            Store::Secrets => ("Secrets Manager", "secretsmanager"),
            Store::Parameters => ("Parameter Store", "ssm"),
        };
        let fact = sketch.pen.value(value);
        Some(need(sketch, name.to_owned(), Some(service), Some(fact), Place::from(value)))
    });
    found.collect()
}

fn files(sketch: &mut Sketch, container: Container) -> Vec<Need> {
    let values = container.view.list("environmentFiles").objects();
    let values: Vec<&value::Node> = values.filter_map(|file| Some(&file.entry("value")?.value)).collect();
    let found = values.into_iter().map(|value| {
        let fact = sketch.pen.value(value);
        need(sketch, "Amazon S3".to_owned(), Some("s3"), Some(fact), Place::from(value))
    });
    found.collect()
}

/// The connection of ECS Exec.
fn exec(sketch: &mut Sketch, service: Service) -> Option<Need> {
    let (_, place) = service.view.bool("enableExecuteCommand").known_at().filter(|(is_on, _)| *is_on)?;
    Some(need(sketch, "Systems Manager".to_owned(), Some("ssmmessages"), Some("ECS Exec".to_owned()), place))
}

/// Draws the databases whose addresses are in the environment or in the secrets of a container.
fn databases(sketch: &mut Sketch, service: Option<Service>, container: Container, from: usize) {
    for (_, value, within) in container.inputs() {
        for database in sketch.project.databases_in(within) {
            let resource = database.resource();
            let node = sketch.of(NodeKind::Destination, resource).facts([database.noun().to_owned()]);
            let node = sketch.add(node);
            let edge = Edge::new(from, node).place(Place::from(value));
            let edge = match service {
                Some(service) => {
                    let tasks = service.security_group_set();
                    let to = database.security_group_set();
                    let to = to.as_ref().map(std::slice::from_ref);
                    sketch.gated(edge, tasks.as_ref().map(Peer::Groups), to, &database.port_range())
                }
                None => edge,
            };
            sketch.connect(edge);
        }
    }
}

/// Draws the EFS file systems of the volumes.
fn file_systems(sketch: &mut Sketch, service: Option<Service>, task: Task, from: usize) {
    for efs in task.volumes().filter_map(|volume| volume.efs()) {
        let Some(entry) = efs.view.entry("fileSystemId") else { continue };
        let (node, system) = match sketch.project.file_system_of(&entry.value) {
            Link::To(system) => (sketch.of(NodeKind::Destination, system), Some(system)),
            Link::Unknown | Link::None => (sketch.referred(NodeKind::Destination, &entry.value), None),
        };
        let node = node.facts(["EFS".to_owned()]);
        let targets: Vec<&Resource> =
            system.and_then(|system| sketch.project.mount_targets(system)).unwrap_or_default();
        let node = targets.iter().fold(node, |node, target| node.with(target));
        let is_known = node.is_known;
        let node = sketch.add(node);
        let edge = Edge::new(from, node).known(is_known).containing(efs.view.node);
        let edge = match service {
            Some(service) => {
                let groups = targets.iter().map(|target| {
                    let view = sketch.project.view(target);
                    sketch.project.security_group_set(view.list("SecurityGroups"))
                });
                let groups: Option<Vec<SecurityGroupSet>> = groups.collect();
                let tasks = service.security_group_set();
                let to = groups.as_deref().filter(|groups| !groups.is_empty());
                sketch.gated(edge, tasks.as_ref().map(Peer::Groups), to, &NFS)
            }
            None => edge,
        };
        sketch.connect(edge);
    }
}

/// The TCP port of NFS.
const NFS: RangeInclusive<i64> = 2049..=2049;
