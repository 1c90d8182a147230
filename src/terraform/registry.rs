//! Modules of the registry that many use: what they make of their arguments, where that is certain, though their sources
//! are not on the disk. Their documentation says it; what is not in the table is unknown.

use smol_str::SmolStr;

use crate::address::{Address, Key, ModulePath, ResourceName, ResourceRef, UnitId};
use crate::node::{Array, Dialect, Entry, Kind, More, Node, Object, Unknown};
use crate::span::Span;
use crate::syntax::hcl::{Block, ExprKind};
use crate::terraform::eval::Eval;
use crate::terraform::{Resource, expand, functions, operator};

/// Where an argument of a resource comes from.
enum From {
    /// The argument of the module of that name.
    Argument(&'static str),
    /// The same, or else this text.
    Or(&'static str, &'static str),
    /// The same, or else a list of this text.
    OrList(&'static str, &'static str),
    /// The values of a map, each a block.
    Values(&'static str),
    /// A map of containers by their names, or a list of them, as JSON.
    Containers(&'static str),
    /// An attribute of another resource of the module: its type, its name, and the attribute.
    Sibling(&'static str, &'static str, &'static str),
}

use From::{Argument, Containers, Or, OrList, Sibling, Values};

/// A resource that a module makes: its type, its name, and its arguments by their paths.
type Made = (&'static str, &'static str, &'static [(&'static str, From)]);

/// A module: parts of its source that name it, the map of which it makes one set of resources each, if it does, and
/// what it makes.
type Known = (&'static [&'static str], Option<&'static str>, &'static [Made]);

const MODULES: &[Known] = &[
    (&["terraform-aws-modules/ecs/aws//modules/service"], None, SERVICE),
    (&["terraform-aws-modules/terraform-aws-ecs", "//modules/service"], None, SERVICE),
    (&["terraform-aws-modules/ecs/aws//modules/cluster"], None, CLUSTER),
    (&["terraform-aws-modules/terraform-aws-ecs", "//modules/cluster"], None, CLUSTER),
    (&["terraform-aws-modules/ecs/aws"], Some("services"), SERVICE),
    (&["cloudposse/ecs-alb-service-task/aws"], None, ALB_SERVICE_TASK),
    (&["cloudposse/terraform-aws-ecs-alb-service-task"], None, ALB_SERVICE_TASK),
];

const CLUSTER: &[Made] = &[("aws_ecs_cluster", "this", &[("name", Argument("cluster_name"))])];

const SERVICE: &[Made] = &[
    (
        "aws_ecs_task_definition",
        "this",
        &[
            ("family", Argument("family")),
            ("cpu", Or("cpu", "1024")),
            ("memory", Or("memory", "2048")),
            ("network_mode", Or("network_mode", "awsvpc")),
            ("requires_compatibilities", OrList("requires_compatibilities", "FARGATE")),
            ("container_definitions", Containers("container_definitions")),
        ],
    ),
    (
        "aws_ecs_service",
        "this",
        &[
            ("name", Argument("name")),
            ("cluster", Argument("cluster_arn")),
            ("task_definition", Sibling("aws_ecs_task_definition", "this", "arn")),
            ("health_check_grace_period_seconds", Argument("health_check_grace_period_seconds")),
            ("load_balancer", Values("load_balancer")),
            ("network_configuration/subnets", Argument("subnet_ids")),
            ("network_configuration/assign_public_ip", Argument("assign_public_ip")),
        ],
    ),
];

const ALB_SERVICE_TASK: &[Made] = &[
    (
        "aws_ecs_task_definition",
        "default",
        &[
            ("cpu", Or("task_cpu", "256")),
            ("memory", Or("task_memory", "512")),
            ("network_mode", Or("network_mode", "awsvpc")),
            ("requires_compatibilities", OrList("launch_type", "FARGATE")),
            ("container_definitions", Argument("container_definition_json")),
        ],
    ),
    (
        "aws_ecs_service",
        "default",
        &[
            ("cluster", Argument("ecs_cluster_arn")),
            ("launch_type", Or("launch_type", "FARGATE")),
            ("task_definition", Sibling("aws_ecs_task_definition", "default", "arn")),
            ("load_balancer", Values("ecs_load_balancers")),
            ("network_configuration/subnets", Argument("subnet_ids")),
            ("network_configuration/assign_public_ip", Argument("assign_public_ip")),
        ],
    ),
];

/// Arguments that say whether the module makes anything.
const SWITCHES: &[&str] = &["create", "enabled", "create_service", "create_task_definition"];

/// Adds what an unread module is known to make.
pub(super) fn resources(eval: Eval, call: &Block, path: &ModulePath, found: &mut Vec<Resource>) {
    let source = call.body.attribute("source").map(|source| &source.value.kind);
    let Some(ExprKind::String(source)) = source else { return };
    let is_source = |parts: &[&str]| parts.iter().all(|part| source.contains(part));
    let Some((_, each, makes)) = MODULES.iter().find(|(parts, ..)| is_source(parts)) else { return };
    let given = |name: &str| call.body.attribute(name).map(|argument| eval.expr(&argument.value));
    let root = eval.configuration.unit();
    let Some(each) = each else { return add(&Call { given: &given, call, root, path }, makes, found) };
    let services = given(each);
    for (key, service) in services.as_ref().and_then(expand::members).unwrap_or_default() {
        let path = path
            .child(SmolStr::new_static("service"), Some(Key::Name(key.as_str().unwrap_or_default().into())));
        let given = |name: &str| service.get(name).cloned().or_else(|| (name == "name").then(|| key.clone()));
        add(&Call { given: &given, call, root, path: &path }, makes, found);
    }
}

/// One call of a module.
struct Call<'c> {
    given: &'c dyn Fn(&str) -> Option<Node>,
    call: &'c Block,
    root: UnitId,
    path: &'c ModulePath,
}

impl Call<'_> {
    /// A resource that the module makes.
    fn address(&self, kind: &'static str, name: &'static str) -> ResourceRef {
        let resource = ResourceName::managed(SmolStr::new_static(kind), SmolStr::new_static(name));
        Address { root: self.root, module: self.path.clone(), resource, key: None }.into()
    }
}

fn add(call: &Call, makes: &[Made], found: &mut Vec<Resource>) {
    // What may be switched off by a value that is not known, or is for certain, is not there for certain.
    let is_on = |name: &&str| (call.given)(name).is_none_or(|value| operator::truth(&value) == Some(true));
    if !SWITCHES.iter().all(is_on) {
        return;
    }
    for (kind, name, arguments) in makes {
        let header = call.call.header;
        let mut body = open();
        for (path, from) in *arguments {
            if let Some((at, value)) = from.value(call) {
                put(&mut body, path, at, value);
            }
        }
        found.push(Resource {
            address: call.address(kind, name),
            body: Node::new(Kind::Object(body.into()), header),
            ignored: vec![SmolStr::new_static("all")],
            depends: None,
            conditional: true,
            header,
            is_elsewhere: true,
        });
    }
}

fn open() -> Object {
    Object { dialect: Dialect::Terraform, more: More::Maybe, ..Object::default() }
}

/// Puts an argument at its path; the blocks on the way are lists of one.
fn put(body: &mut Object, path: &str, at: Span, value: Node) {
    let Some((block, rest)) = path.split_once('/') else {
        body.entries.push(Entry::new(path, at, value));
        return;
    };
    let mut inner = match body.entries.iter().position(|entry| entry.key == block) {
        Some(index) => {
            let entry = body.entries.remove(index);
            entry
                .value
                .as_array()
                .and_then(|array| array.items.first())
                .and_then(Node::as_object)
                .cloned()
                .unwrap_or_else(open)
        }
        None => open(),
    };
    put(&mut inner, rest, at, value);
    let node = Node::new(Kind::Object(inner.into()), at);
    body.entries.push(Entry::new(block, at, Node::array(vec![node], at)));
}

impl From {
    /// The value, and where the module is given it.
    fn value(&self, call: &Call) -> Option<(Span, Node)> {
        let header = call.call.header;
        let given = |name: &str| {
            let at = call.call.body.attribute(name).map_or(header, |argument| argument.name_at);
            (call.given)(name).filter(|value| !matches!(value.kind, Kind::Null)).map(|value| (at, value))
        };
        match self {
            Argument(name) => given(name),
            Or(name, text) => given(name).or_else(|| Some((header, Node::string(*text, header)))),
            OrList(name, text) => {
                let (at, value) = given(name).unwrap_or_else(|| (header, Node::string(*text, header)));
                let list = if value.as_array().is_some() { value } else { Node::array(vec![value], at) };
                Some((at, list))
            }
            Values(name) => given(name).map(|(at, value)| (at, values(&value))),
            Containers(name) => given(name).and_then(|(at, value)| Some((at, containers(&value)?))),
            Sibling(kind, name, attribute) => {
                let why = Unknown::attribute(call.address(kind, name), SmolStr::new_static(attribute));
                Some((header, Node::unknown(why, header)))
            }
        }
    }
}

/// A value as Terraform's own, whose scalars the types of the module's variables convert.
fn own(node: &Node) -> Node {
    node.clone().with_each(own).in_dialect(Dialect::Terraform)
}

/// A map of blocks, or a list of them, as a list of blocks.
fn values(node: &Node) -> Node {
    let (items, more) = match &node.kind {
        Kind::Object(object) => (object.entries.iter().map(|entry| own(&entry.value)).collect(), object.more),
        Kind::Array(array) => (array.items.iter().map(own).collect(), array.more),
        _ => return node.clone(),
    };
    Node { kind: Kind::Array(Array { items, more }.into()), ..node.clone() }
}

/// Containers by their names as the JSON of a list of containers, each of which may have more members.
fn containers(node: &Node) -> Option<Node> {
    let object = node.as_object()?;
    let items = object.entries.iter().map(|entry| container(&entry.key, entry)).collect();
    let list = Node::new(Kind::Array(Array { items, more: object.more }.into()), node.at);
    Some(functions::encoded(&list, node.at))
}

fn container(name: &str, entry: &Entry) -> Node {
    let Some(object) = entry.value.as_object() else { return entry.value.clone() };
    let mut container = open();
    for member in &object.entries {
        container.entries.push(Entry {
            key: camel(&member.key),
            value: own(&member.value),
            ..member.clone()
        });
    }
    if container.entries.iter().all(|member| member.key != "name") {
        container.entries.push(Entry::new("name", entry.key_at, Node::string(name, entry.key_at)));
    }
    Node { kind: Kind::Object(container.into()), ..entry.value.clone() }
}

/// A name of Terraform's in the API's spelling: `port_mappings` is `portMappings`.
fn camel(name: &str) -> SmolStr {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text.into()
}
