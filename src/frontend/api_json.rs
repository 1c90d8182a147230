//! JSON and YAML in the format of the AWS API, identified by its content alone.

use std::path::Path;

use crate::address::{ResourceId, UnitId};
use crate::frontend::{Claim, FrontEnd, ReadContext};
use crate::resource::{Kind, Lifecycle, Resource, Traits, Unit};
use crate::schema;
use crate::source::{Input, Requested, Source, Sources, Span};
use crate::syntax::json::{self, Parsed};
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::{Array, Entry, Mapped, More, Node, NodeKind, Object};

mod ecspresso;
mod kind;
mod sample;
mod yaml;

/// JSON that the AWS CLI and SDKs accept or return.
#[derive(Debug)]
pub(super) struct ApiJson;

impl FrontEnd for ApiJson {
    fn name(&self) -> &'static str {
        "api-json"
    }

    fn claims(&self, path: &Path) -> Claim {
        if yaml::is_yaml(path) { Claim::Maybe } else { Claim::of_json(path) }
    }

    fn words(&self) -> &'static [&'static str] {
        &["containerDefinitions", "taskDefinition"]
    }

    fn read(&self, context: &mut ReadContext) {
        context.read_files(self.name(), read);
    }
}

/// Reads a file if it is in this format. If the file was named explicitly, its syntax errors are reported in any case, except
/// comments and trailing commas, which other programs accept in their settings.
fn read(sources: &Sources, Input { file, requested }: Input) -> Option<Unit> {
    let source = sources.get(file);
    if requested == Requested::Discovered
        && !yaml::is_yaml(&source.path)
        && !may_concern_ecs(&source.path, &source.text)
    {
        return None;
    }
    if yaml::is_yaml(&source.path) {
        return yaml::read(sources, file);
    }
    let parsed = json::parse(&Mapped::file(file, &source.text));
    let traits =
        if ecspresso::names(sources, &source.path) { &ecspresso::TRAITS } else { &Traits::AS_WRITTEN };
    let mut unit = Unit::new(UnitId::new(file), traits);
    unit.resources = parsed.root.as_ref().map(|root| resources(root, &unit)).unwrap_or_default();
    if sample::is_sample(&source.path) {
        for resource in &mut unit.resources {
            resource.request = sample::without_words(&resource.request, schema::shape(resource.kind));
        }
    }
    if unit.resources.is_empty() && (requested == Requested::Discovered || !is_broken(source, &parsed)) {
        return None;
    }
    unit.directory = source.path.parent().filter(|_| !unit.resources.is_empty()).map(Path::to_owned);
    unit.files.push(file);
    unit.syntax_errors = if parsed.is_template { in_template(parsed.errors) } else { parsed.errors };
    Some(unit)
}

/// Whether a file without requests may have some that could not be read.
fn is_broken(source: &Source, parsed: &Parsed) -> bool {
    let is_limited = parsed.errors.iter().any(SyntaxError::is_limit);
    let has_error = !parsed.is_relaxed || (is_limited && may_concern_ecs(&source.path, &source.text));
    has_error && !source.text.trim().is_empty()
}

/// Keeps the first error of a template, which another program turns into JSON that may be correct.
fn in_template(errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    let behind = errors.iter().find_map(SyntaxError::recovered_region);
    let is_certain =
        |error: &SyntaxError| matches!(error.kind, SyntaxErrorKind::Ignored | SyntaxErrorKind::Limit);
    let (mut kept, rejected): (Vec<_>, Vec<_>) = errors.into_iter().partition(is_certain);
    kept.extend(rejected.into_iter().next().map(|error| SyntaxError {
        help: Some("add the file to `exclude` if the output of this template is valid JSON".to_owned()),
        is_superfluous: false,
        kind: SyntaxErrorKind::InTemplate(behind),
        ..error
    }));
    kept
}

/// Words of which every JSON text in this format contains at least one; other texts need not be parsed.
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
    "\"daemonTaskDefinitionArn\"",
    "\"primaryContainer\"",
    "\"infrastructureRoleArn\"",
    "\"autoScalingGroupProvider\"",
];

/// Returns `false` if the file certainly has no ECS content. A cheap test. Elastic Beanstalk's file is also recognized
/// by its name, because its version is often missing.
pub(super) fn may_concern_ecs(path: &Path, text: &str) -> bool {
    path.file_name().is_none_or(|name| name != "Dockerrun.aws.json")
        && NEEDLES.iter().any(|needle| text.contains(needle))
}

/// The responses of AWS `describe-…` commands: the list in the response, a member of its items, and their kind.
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

/// Members of a service.
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

/// Members of a request that runs a task once or on an event, or creates a task set, which is not a service.
const RUN_KEYS: &[&str] = &["overrides", "count", "startedBy", "tasks", "taskCount", "scale", "externalId"];

/// Members that only a container definition has.
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

/// The resources in a JSON text; empty if it is not in this format.
fn resources(root: &Node, unit: &Unit) -> Vec<Resource> {
    // Elastic Beanstalk's `Dockerrun.aws.json` has container definitions, too, but in a different format.
    if root.get("AWSEBDockerrunVersion").is_some() {
        return Vec::new();
    }
    let respelled = respelled(root);
    let root = respelled.as_ref().unwrap_or(root);
    let resource = |(index, (kind, request)): (usize, (Kind, Node))| {
        let request = schema::spelled(kind, request);
        Resource {
            id: ResourceId::new(unit.id, index),
            kind,
            header: title(&request, kind),
            request,
            address: None,
            lifecycle: Lifecycle::default(),
            traits: unit.traits,
            origin: None,
            ignored_rules: Vec::new(),
        }
    };
    requests(root).into_iter().enumerate().map(resource).collect()
}

/// The requests in a JSON text.
fn requests(root: &Node) -> Vec<(Kind, Node)> {
    if let Some(kind) = kind::of_request(root) {
        return vec![(kind, root.clone())];
    }
    if let Some(request) = task(root) {
        return vec![(kind::of_task(root, &request), request)];
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

/// The task definition, if the text is one: a request, a response of `describe-task-definition`, or a list of
/// containers.
fn task(root: &Node) -> Option<Node> {
    let named = ["taskDefinition", "daemonTaskDefinition"].into_iter().find_map(|key| root.get(key));
    let wrapped = named.filter(|inner| is_task(inner));
    if let Some(request) = wrapped.or_else(|| is_task(root).then_some(root)) {
        return Some(request.clone());
    }
    let containers = root.as_array()?;
    let any = containers.items.iter().any(is_container);
    any.then(|| bare_containers(root))
}

/// Converts a request with the key spelling of CloudFormation (outside a template) or Terraform to the API's spelling.
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

/// Returns `true` if the members belong only to the request, but the identifying member is spelled differently.
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

/// Returns `true` if the parts of a service are literal values, not CloudFormation functions.
fn has_plain_parts(service: &Node) -> bool {
    let named = service.get("taskDefinition").is_none_or(|task| !matches!(task.kind, NodeKind::Object(_)));
    let balanced = service.get("loadBalancers").and_then(Node::as_array);
    let balanced =
        balanced.is_some_and(|list| list.items.iter().any(|item| item.get("targetGroupArn").is_some()));
    let network = service.get("networkConfiguration").and_then(|network| network.get("awsvpcConfiguration"));
    named && (balanced || network.is_some_and(|network| network.get("subnets").is_some()))
}

fn is_task(node: &Node) -> bool {
    // The update of an Express service, which has roles and a size, too.
    if ["primaryContainer", "serviceArn"].iter().any(|key| node.get(key).is_some()) {
        return false;
    }
    let containers =
        node.get("containerDefinitions").is_some_and(|list| !matches!(list.kind, NodeKind::Object(_)));
    containers || TASK_KEYS.iter().filter(|key| node.get(key).is_some()).count() >= 2
}

fn is_container(node: &Node) -> bool {
    let told = node.get("image").is_some() && CONTAINER_KEYS.iter().any(|key| node.get(key).is_some());
    let mapped = node.get("portMappings").and_then(Node::as_array);
    told || mapped.is_some_and(|list| list.items.iter().any(|mapping| mapping.get("containerPort").is_some()))
}

/// A list of containers without its task definition, the rest of which is elsewhere.
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

/// Returns `true` if the object is the request or the description of a service, or a part of one.
fn is_service(node: &Node) -> bool {
    if RUN_KEYS.iter().any(|key| node.get(key).is_some()) {
        return false;
    }
    let balanced = node.get("loadBalancers").and_then(Node::as_array);
    let names_container =
        balanced.is_some_and(|list| list.items.iter().any(|item| item.get("containerName").is_some()));
    let awsvpc =
        node.get("networkConfiguration").is_some_and(|network| network.get("awsvpcConfiguration").is_some());
    let named = known_keys(node) >= 3 || (known_keys(node) == 2 && node.get("taskDefinition").is_some());
    names_container || awsvpc || (named && !has_other_purpose(node))
}

/// Returns `true` if most members are not those of a service: the input of a state machine or a script, which has some of them, too.
fn has_other_purpose(node: &Node) -> bool {
    let Some((object, shape)) = node.as_object().zip(schema::shape(Kind::Service)) else { return false };
    let is_ours = |entry: &&Entry| shape.known(&entry.key).is_some() || shape.answers(&entry.key);
    object.entries.len() > 2 * object.entries.iter().filter(is_ours).count()
}

/// Returns `true` if the object is a request to run a task, not a response that describes one.
fn is_run(node: &Node) -> bool {
    let asks = ["overrides", "count", "startedBy"].iter().any(|key| node.get(key).is_some());
    let names_task = node.get("taskDefinition").is_some_and(|task| task.as_object().is_none());
    let awsvpc = ["networkConfiguration", "cluster"].iter().any(|key| node.get(key).is_some());
    asks && names_task && awsvpc
}

fn known_keys(node: &Node) -> usize {
    SERVICE_KEYS.iter().filter(|key| node.get(key).is_some()).count()
}

/// The service. A partial service, or an update, may have members that are not in this file.
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

/// The place that represents the resource: its name, or the first byte.
fn title(request: &Node, kind: Kind) -> Span {
    let name = match kind {
        Kind::Task | Kind::DaemonTask => "family",
        Kind::Service | Kind::ExpressService => "serviceName",
        Kind::Daemon => "daemonName",
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
