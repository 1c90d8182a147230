//! JSON that speaks the AWS API's language: what it is, told by its content alone.

use std::path::Path;

use crate::address::{ResourceId, UnitId};
use crate::frontend::{Claim, FrontEnd, ReadContext};
use crate::resource::{Kind, Lifecycle, Resource, Traits, Unit};
use crate::schema;
use crate::source::{Input, Requested, Sources, Span};
use crate::syntax::json;
use crate::value::{Array, Entry, Mapped, More, Node, NodeKind, Object};

/// JSON that the AWS CLI and the SDKs accept, and that AWS answers with.
#[derive(Debug)]
pub(super) struct ApiJson;

impl FrontEnd for ApiJson {
    fn name(&self) -> &'static str {
        "api-json"
    }

    fn claims(&self, path: &Path) -> Claim {
        Claim::of_json(path)
    }

    fn read(&self, context: &mut ReadContext) {
        context.read_files(self.name(), read);
    }
}

/// Reads a file, if it is ours. Of one that was named the mistakes are reported, whatever it is.
fn read(sources: &Sources, Input { file, requested }: Input) -> Option<Unit> {
    let source = sources.get(file);
    if requested == Requested::Discovered && !may_concern_ecs(&source.path, &source.text) {
        return None;
    }
    let parsed = json::parse(&Mapped::file(file, &source.text));
    let mut unit = Unit::new(UnitId::new(file), &Traits::AS_WRITTEN);
    unit.resources = parsed.root.as_ref().map(|root| resources(root, unit.id)).unwrap_or_default();
    let named_json = requested == Requested::Explicit && !source.text.trim().is_empty();
    if unit.resources.is_empty() && (!named_json || parsed.errors.is_empty()) {
        return None;
    }
    unit.directory = source.path.parent().filter(|_| !unit.resources.is_empty()).map(Path::to_owned);
    unit.files.push(file);
    unit.syntax_errors = parsed.errors;
    Some(unit)
}

/// Words of which a JSON text of ours has at least one; a text without them need not be parsed.
const NEEDLES: &[&str] = &[
    "\"containerDefinitions\"",
    "\"ContainerDefinitions\"",
    "\"container_definitions\"",
    "\"AwsvpcConfiguration\"",
    "\"awsvpc_configuration\"",
    "\"TargetGroupArn\"",
    "\"target_group_arn\"",
    "\"containerPort\"",
    "\"taskDefinition\"",
    "\"loadBalancers\"",
    "\"awsvpcConfiguration\"",
    "\"requiresCompatibilities\"",
    "\"essential\"",
    "\"desiredCount\"",
    "\"clusterArn\"",
    "\"TargetGroups\"",
    "\"RouteTables\"",
    "\"Subnets\"",
    "\"LoadBalancers\"",
    "\"Listeners\"",
    "\"SecurityGroups\"",
    "\"EcsParameters\"",
];

/// Whether the file may hold something of ours. Cheap, and never wrong when it says no. Elastic Beanstalk's file is known
/// by its name too, since its version is often forgotten.
pub(super) fn may_concern_ecs(path: &Path, text: &str) -> bool {
    path.file_name().is_none_or(|name| name != "Dockerrun.aws.json")
        && NEEDLES.iter().any(|needle| text.contains(needle))
}

/// The answers of AWS's `describe-…` commands, by the one member that they have, and what the items are.
const DESCRIBE_RESPONSES: &[(&str, &str, Kind)] = &[
    ("services", "serviceName", Kind::Service),
    ("clusters", "clusterArn", Kind::Cluster),
    ("TargetGroups", "TargetGroupArn", Kind::TargetGroup),
    ("LoadBalancers", "LoadBalancerArn", Kind::LoadBalancer),
    ("Listeners", "ListenerArn", Kind::Listener),
    ("Subnets", "SubnetId", Kind::Subnet),
    ("RouteTables", "RouteTableId", Kind::RouteTable),
    ("SecurityGroups", "GroupId", Kind::SecurityGroup),
    ("Targets", "EcsParameters", Kind::EventTarget),
];

/// Members that only a task definition has.
const TASK_KEYS: &[&str] = &[
    "family",
    "requiresCompatibilities",
    "executionRoleArn",
    "taskRoleArn",
    "networkMode",
    "taskDefinitionArn",
];

/// Members that a service has.
const SERVICE_KEYS: &[&str] = &[
    "serviceName",
    "taskDefinition",
    "desiredCount",
    "launchType",
    "capacityProviderStrategy",
    "loadBalancers",
    "networkConfiguration",
    "deploymentConfiguration",
    "deploymentController",
    "schedulingStrategy",
    "serviceRegistries",
    "placementStrategy",
    "placementConstraints",
    "platformVersion",
    "healthCheckGracePeriodSeconds",
    "serviceConnectConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "propagateTags",
];

/// Members that show that a document runs a task once, or starts one by an event: no service.
const RUN_KEYS: &[&str] = &["overrides", "count", "startedBy", "tasks", "taskCount"];

/// Members of a container definition that nothing else has.
const CONTAINER_KEYS: &[&str] = &[
    "essential",
    "portMappings",
    "logConfiguration",
    "mountPoints",
    "memoryReservation",
    "dockerLabels",
    "entryPoint",
    "dependsOn",
    "volumesFrom",
];

/// The resources in a JSON text; none if it is not ours.
fn resources(root: &Node, unit: UnitId) -> Vec<Resource> {
    // Elastic Beanstalk's `Dockerrun.aws.json` has containers too, of a form of its own.
    if root.get("AWSEBDockerrunVersion").is_some() {
        return Vec::new();
    }
    let respelled = respelled(root);
    let root = respelled.as_ref().unwrap_or(root);
    let resource = |(index, (kind, request)): (usize, (Kind, Node))| {
        let request = schema::spelled(kind, request);
        Resource {
            id: ResourceId::new(unit, index),
            kind,
            header: title(&request, kind),
            request,
            address: None,
            lifecycle: Lifecycle::default(),
            traits: &Traits::AS_WRITTEN,
        }
    };
    requests(root).into_iter().enumerate().map(resource).collect()
}

/// The requests in a JSON text.
fn requests(root: &Node) -> Vec<(Kind, Node)> {
    if let Some(request) = task(root) {
        return vec![(Kind::Task, request)];
    }
    let answers = answers(root);
    if !answers.is_empty() {
        return answers;
    }
    if is_run(root) {
        return vec![(Kind::RunTask, root.clone())];
    }
    let request = root.get("service").filter(|inner| is_service(inner)).unwrap_or(root);
    if is_service(request) { vec![(Kind::Service, service(request))] } else { Vec::new() }
}

/// The task definition, if the text is one: a request, an answer of `describe-task-definition`, or containers alone.
fn task(root: &Node) -> Option<Node> {
    let wrapped = root.get("taskDefinition").filter(|inner| is_task(inner));
    if let Some(request) = wrapped.or_else(|| is_task(root).then_some(root)) {
        return Some(request.clone());
    }
    let containers = root.as_array()?;
    let any = containers.items.iter().any(is_container);
    any.then(|| bare_containers(root))
}

/// A request that another language spells, as the API does: CloudFormation, of which it is no template, or Terraform.
fn respelled(root: &Node) -> Option<Node> {
    if root.as_object().is_none() || root.get("Properties").is_some() {
        return None;
    }
    let task = schema::spelled(Kind::Task, root.clone());
    let is_pascal = root.get("ContainerDefinitions").is_some();
    if has_plain_containers(&task) && (is_pascal || is_foreign(&task, Kind::Task)) {
        return Some(task);
    }
    let service = schema::spelled(Kind::Service, root.clone());
    (is_service(&service) && has_plain_parts(&service) && is_foreign(&service, Kind::Service))
        .then_some(service)
}

/// Whether the members are those of the request alone, and the one that shows what it is has another spelling.
fn is_foreign(node: &Node, kind: Kind) -> bool {
    let Some((object, shape)) = node.as_object().zip(schema::shape(kind)) else { return false };
    let told = ["containerDefinitions", "networkConfiguration", "loadBalancers"];
    let is_told = |entry: &Entry| told.contains(&entry.key.as_str()) && entry.written != entry.key;
    object.entries.iter().all(|entry| shape.known(&entry.key).is_some()) && object.entries.iter().any(is_told)
}

fn has_plain_containers(task: &Node) -> bool {
    let containers = task.get("containerDefinitions").and_then(Node::as_array);
    let plain =
        |item: &Node| item.get("image").is_some_and(|image| !matches!(image.kind, NodeKind::Object(_)));
    containers.is_some_and(|list| list.items.iter().any(plain))
}

/// Whether the parts of a service are written out, and not by a function of CloudFormation's.
fn has_plain_parts(service: &Node) -> bool {
    let named = service.get("taskDefinition").is_none_or(|task| !matches!(task.kind, NodeKind::Object(_)));
    let balanced = service.get("loadBalancers").and_then(Node::as_array);
    let balanced =
        balanced.is_some_and(|list| list.items.iter().any(|item| item.get("targetGroupArn").is_some()));
    let network = service.get("networkConfiguration").and_then(|network| network.get("awsvpcConfiguration"));
    named && (balanced || network.is_some_and(|network| network.get("subnets").is_some()))
}

fn is_task(node: &Node) -> bool {
    let containers =
        node.get("containerDefinitions").is_some_and(|list| !matches!(list.kind, NodeKind::Object(_)));
    containers || TASK_KEYS.iter().filter(|key| node.get(key).is_some()).count() >= 2
}

fn is_container(node: &Node) -> bool {
    let told = node.get("image").is_some() && CONTAINER_KEYS.iter().any(|key| node.get(key).is_some());
    let mapped = node.get("portMappings").and_then(Node::as_array);
    told || mapped.is_some_and(|list| list.items.iter().any(|mapping| mapping.get("containerPort").is_some()))
}

/// Containers without their task definition: the rest of it is somewhere else.
fn bare_containers(list: &Node) -> Node {
    let entry = Entry::new("containerDefinitions", first_byte(list.at), list.clone());
    open(vec![entry], list.at)
}

fn answers(root: &Node) -> Vec<(Kind, Node)> {
    let mut found = Vec::new();
    for (member, id, kind) in DESCRIBE_RESPONSES {
        let items = root.get(member).and_then(Node::as_array).map_or(&[][..], |array: &Array| &array.items);
        let ours = items
            .iter()
            .filter(|item| item.get(id).is_some() || (*kind == Kind::Service && is_service(item)));
        found.extend(ours.map(|item| (*kind, item.clone())));
    }
    found
}

/// Whether the object is the request or the description of a service, or a part of one.
fn is_service(node: &Node) -> bool {
    if RUN_KEYS.iter().any(|key| node.get(key).is_some()) {
        return false;
    }
    let balanced = node.get("loadBalancers").and_then(Node::as_array);
    let names_container =
        balanced.is_some_and(|list| list.items.iter().any(|item| item.get("containerName").is_some()));
    let awsvpc =
        node.get("networkConfiguration").is_some_and(|network| network.get("awsvpcConfiguration").is_some());
    names_container
        || awsvpc
        || known_keys(node) >= 3
        || (known_keys(node) == 2 && node.get("taskDefinition").is_some())
}

/// Whether the object is a request to run a task, and not an answer that tells of one.
fn is_run(node: &Node) -> bool {
    let asks = ["overrides", "count", "startedBy"].iter().any(|key| node.get(key).is_some());
    let names_task = node.get("taskDefinition").is_some_and(|task| task.as_object().is_none());
    let awsvpc = ["networkConfiguration", "cluster"].iter().any(|key| node.get(key).is_some());
    asks && names_task && awsvpc
}

fn known_keys(node: &Node) -> usize {
    SERVICE_KEYS.iter().filter(|key| node.get(key).is_some()).count()
}

/// The service; a part of one, or an update of one, may have members that are not written here.
fn service(node: &Node) -> Node {
    let is_update = node.get("service").is_some() && node.get("serviceName").is_none();
    let is_whole =
        node.get("taskDefinition").is_some() || node.get("serviceName").is_some() || known_keys(node) >= 4;
    match node.as_object() {
        Some(object) if is_update || !is_whole => open(object.entries.clone(), node.at),
        _ => node.clone(),
    }
}

fn open(entries: Vec<Entry>, at: Span) -> Node {
    let object = Object { entries, more: More::Maybe, ..Object::default() };
    Node::new(NodeKind::Object(object.into()), at)
}

/// What to point at: the name, or the first byte.
fn title(request: &Node, kind: Kind) -> Span {
    let name = match kind {
        Kind::Task => "family",
        Kind::Service => "serviceName",
        Kind::TargetGroup => "TargetGroupArn",
        _ => "name",
    };
    match request.get(name) {
        Some(name) if !name.is_missing() => name.at,
        _ => first_byte(request.at),
    }
}

fn first_byte(at: Span) -> Span {
    Span { end: at.start + 1, ..at }
}
