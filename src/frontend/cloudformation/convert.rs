//! Converts resources of a template to the requests that CloudFormation sends.

use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use crate::address::ResourceId;
use crate::cloudformation;
use crate::frontend::cloudformation::ignored;
use crate::frontend::cloudformation::mapping::{self, Form, Row};
use crate::frontend::cloudformation::naming::{self, CLOUDFORMATION};
use crate::frontend::cloudformation::types;
use crate::frontend::{references, secret_keys};
use crate::resource::{Ignored, Kind, Lifecycle, Origin, Resource, Unit};
use crate::schema::{self, Shape};
use crate::source::Sources;
use crate::terraform::parse_json;
use crate::value::{Array, Dialect, Entry, More, Node, NodeKind, Object, Unknown};

/// Adds the requests of a resource to a unit.
pub(super) fn convert(
    resource: &cloudformation::Resource,
    origin: Option<&Arc<Origin>>,
    sources: &Sources,
    unit: &mut Unit,
) {
    let Some(kind) = types::kind(&resource.address.resource.kind) else { return };
    let properties = &with_documents(&resource.properties, sources);
    let mut add = |kind: Kind, request: Node| {
        let id = ResourceId::new(unit.id, unit.resources.len());
        unit.resources.push(Resource {
            id,
            kind,
            request,
            address: Some(resource.address.clone()),
            lifecycle: Lifecycle {
                ignored: Ignored::Members(Vec::new()),
                depends_on: resource.dependencies.clone(),
                is_conditional: resource.is_conditional,
                has_own_provider: false,
                region: None,
            },
            traits: unit.traits,
            origin: origin.cloned(),
            ignored_rules: resource.metadata.iter().flat_map(ignored::rules).collect(),
            header: resource.header,
        });
    };
    match kind {
        Kind::EventTarget => {
            add(Kind::EventRule, request(Kind::EventRule, properties));
            for target in items(properties, "Targets") {
                add(kind, decoded(&request(kind, target), &["Input"], sources));
            }
        }
        Kind::RolePolicy => {
            let one = properties.entry("RoleName").map(|entry| (entry, std::slice::from_ref(&entry.value)));
            let all = properties.entry("Roles").map(|entry| (entry, items(properties, "Roles")));
            for (entry, roles) in all.into_iter().chain(one) {
                for role in roles {
                    add(kind, with_role(&request(kind, properties), entry, role));
                }
            }
        }
        Kind::Policy => {
            add(kind, request(kind, properties));
            let own = Node::unknown(Unknown::attribute(resource.address.clone(), "arn"), resource.header);
            let listed = properties.entry("Roles");
            for (role, listed) in items(properties, "Roles").iter().zip(listed.into_iter().cycle()) {
                let entries = vec![
                    Entry { key: "RoleName".into(), value: role.clone(), ..listed.clone() },
                    Entry::new("PolicyArn", resource.header, own.clone()),
                ];
                add(Kind::PolicyAttachment, Node::object(entries, role.at));
            }
        }
        Kind::Secret => {
            add(kind, request(kind, &without_value(properties)));
            let own = Node::unknown(Unknown::attribute(resource.address.clone(), "arn"), resource.header);
            let written =
                properties.entry("SecretString").map(|entry| (entry, secret_keys::of(&entry.value)));
            let generated = properties
                .entry("GenerateSecretString")
                .map(|entry| (entry, secret_keys::generated(&entry.value)));
            if let Some((entry, keys)) = written.or(generated) {
                let id = Entry::new("SecretId", resource.header, own);
                let keys = Entry { key: "SecretKeys".into(), value: keys, ..entry.clone() };
                let within = Entry::new("References", entry.key_at, references::of(&entry.value));
                add(Kind::SecretVersion, Node::object(vec![id, keys, within], resource.header));
            }
        }
        Kind::Parameter => add(kind, with_references(&request(kind, properties))),
        Kind::StateMachine => add(kind, decoded(&request(kind, properties), &["Definition"], sources)),
        Kind::Schedule => add(kind, decoded(&request(kind, properties), &["Target", "Input"], sources)),
        Kind::SecurityGroup => add(kind, with_egress(request(kind, properties), resource)),
        _ => add(kind, request(kind, properties)),
    }
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_array).map_or(&[], |list| &list.items)
}

/// A policy with one of the roles that a property lists.
fn with_role(request: &Node, listed: &Entry, role: &Node) -> Node {
    let mut made = request.clone();
    if let NodeKind::Object(object) = &mut made.kind {
        let object = Arc::make_mut(object);
        object.entries.retain(|entry| !matches!(entry.key.as_str(), "Roles" | "RoleName"));
        object.entries.push(Entry { key: "RoleName".into(), value: role.clone(), ..listed.clone() });
    }
    made
}

/// The properties of a secret without its value.
fn without_value(properties: &Node) -> Node {
    let mut made = properties.clone();
    if let NodeKind::Object(object) = &mut made.kind {
        let is_value = |entry: &Entry| matches!(entry.key.as_str(), "SecretString" | "GenerateSecretString");
        Arc::make_mut(object).entries.retain(|entry| !is_value(entry));
    }
    made
}

/// The request of a parameter with the references in its value.
fn with_references(request: &Node) -> Node {
    let mut made = request.clone();
    if let (NodeKind::Object(object), Some(value)) = (&mut made.kind, request.get("Value")) {
        let within = Entry::new("References", value.at, references::of(value));
        Arc::make_mut(object).entries.push(within);
    }
    made
}

/// Where properties have policy documents, which may be texts of JSON.
const DOCUMENTS: &[&[&str]] =
    &[&["AssumeRolePolicyDocument"], &["PolicyDocument"], &["Policies", "PolicyDocument"]];

/// Properties whose policy documents are objects.
fn with_documents(properties: &Node, sources: &Sources) -> Node {
    let has = |path: &&&[&str]| path.first().is_some_and(|key| properties.get(key).is_some());
    DOCUMENTS.iter().filter(has).fold(properties.clone(), |made, path| decoded(&made, path, sources))
}

/// A request in which the member at a path may be a text of JSON. A list on the path stands for each of its items.
fn decoded(request: &Node, path: &[&str], sources: &Sources) -> Node {
    let Some((key, rest)) = path.split_first() else {
        let parsed = parse_json(sources, request).and_then(|parsed| parsed.root);
        return parsed.unwrap_or_else(|| request.clone());
    };
    let mut made = request.clone();
    if let NodeKind::Array(list) = &mut made.kind {
        for item in &mut Arc::make_mut(list).items {
            *item = decoded(item, path, sources);
        }
    }
    if let NodeKind::Object(object) = &mut made.kind {
        let entries = Arc::make_mut(object).entries.iter_mut();
        for entry in entries.filter(|entry| entry.key == *key) {
            entry.value = decoded(&entry.value, rest, sources);
        }
    }
    made
}

/// A security group without egress rules of its own, to which CloudFormation gives one that allows everything.
fn with_egress(mut request: Node, resource: &cloudformation::Resource) -> Node {
    let at = resource.header;
    if let NodeKind::Object(object) = &mut request.kind
        && object.more == More::No
        && object.entries.iter().all(|entry| entry.key != "IpPermissionsEgress")
    {
        let text = |key: &str, value: &str| Entry::new(key, at, Node::string(value, at));
        let everything = Node::object(vec![text("IpProtocol", "-1"), text("IpRanges", "0.0.0.0/0")], at);
        let entry = Entry::new("IpPermissionsEgress", at, Node::array(vec![everything], at));
        Arc::make_mut(object).entries.push(entry);
    }
    request
}

/// The request of some properties.
fn request(kind: Kind, properties: &Node) -> Node {
    let request = renamed(properties, mapping::rows(kind), mapping::is_camel_case(kind));
    match schema::shape(kind) {
        Some(shape) => spelled(request, shape, &CLOUDFORMATION),
        None => request,
    }
}

/// An object with the members of the request. `is_camel_case`: whether they begin with a small letter.
fn renamed(node: &Node, rows: &[Row], is_camel_case: bool) -> Node {
    match &node.kind {
        NodeKind::Array(array) => {
            let items = array.items.iter().map(|item| renamed(item, rows, is_camel_case)).collect();
            Node { kind: NodeKind::Array(Array { items, more: array.more }.into()), ..node.clone() }
        }
        NodeKind::Object(object) => {
            let entries = Vec::with_capacity(object.entries.len());
            let mut made = Object { entries, more: object.more, dialect: &CLOUDFORMATION };
            for entry in &object.entries {
                match rows.iter().find(|(property, ..)| *property == entry.key) {
                    Some((_, path, form)) => put(&mut made, entry, path, *form, is_camel_case),
                    None => made.entries.push(same(entry, is_camel_case)),
                }
            }
            Node { kind: NodeKind::Object(made.into()), ..node.clone() }
        }
        _ => node.clone(),
    }
}

/// A member whose name differs at most in its first letter. The keys of free maps are spelled by the schema later.
fn same(entry: &Entry, is_camel_case: bool) -> Entry {
    let key = if is_camel_case { member(&entry.key) } else { entry.key.clone() };
    Entry { key, value: renamed(&entry.value, &[], is_camel_case), ..entry.clone() }
}

/// The member of a property; a name that is not a property stays.
fn member(property: &str) -> SmolStr {
    let mut letters = property.chars();
    match letters.next() {
        Some(first) if first.is_ascii_uppercase() => {
            let small = first.to_ascii_lowercase();
            format_smolstr!("{small}{}", letters.as_str())
        }
        _ => property.into(),
    }
}

fn put(object: &mut Object, entry: &Entry, path: &str, form: Form, is_camel_case: bool) {
    let value = &entry.value;
    let is_known = !matches!(value.kind, NodeKind::Unknown(_));
    let made = match form {
        Form::Same => renamed(value, &[], is_camel_case),
        Form::Member(key) => match value.get(key) {
            Some(inner) => inner.clone(),
            None if is_known => return,
            None => value.clone(),
        },
        Form::First(key) => match value.as_array().and_then(|list| list.items.first()) {
            Some(first) => first.get(key).unwrap_or(first).clone(),
            None if is_known => return,
            None => value.clone(),
        },
        Form::Only => match value.as_array().and_then(|list| list.items.first()) {
            Some(first) => renamed(first, &[], is_camel_case),
            None => renamed(value, &[], is_camel_case),
        },
        Form::Scheme => match value.as_str() {
            Some(text) => Node { kind: NodeKind::Bool(text == "internal"), ..value.clone() },
            None => value.clone(),
        },
        Form::Objects(rows) | Form::Object(rows) => renamed(value, rows, is_camel_case),
        Form::Flat(rows) => {
            match renamed(value, rows, is_camel_case).as_object() {
                Some(inner) => {
                    object.entries.extend(inner.entries.iter().cloned());
                    object.more = if inner.more == More::Maybe { More::Maybe } else { object.more };
                }
                None => object.more = More::Maybe,
            }
            return;
        }
        Form::Attributes(rows) => {
            attributes(object, value, rows);
            return;
        }
    };
    insert(object, path, entry, made);
}

/// Adds the members that a list of keys and values sets.
fn attributes(object: &mut Object, list: &Node, rows: &[Row]) {
    // An attribute with an unknown name can be any of them.
    let is_named = |item: &Node| item.get("Key").is_some_and(|key| key.as_str().is_some());
    let is_known = |array: &&Array| array.more == More::No && array.items.iter().all(is_named);
    let Some(array) = list.as_array().filter(is_known) else {
        object.more = More::Maybe;
        return;
    };
    for item in &array.items {
        let (Some(key), Some(value)) = (item.get("Key").and_then(Node::as_str), item.entry("Value")) else {
            continue;
        };
        if let Some((_, path, _)) = rows.iter().find(|(known, ..)| *known == key) {
            let entry = Entry { written: key.into(), ..value.clone() };
            insert(object, path, &entry, value.value.clone());
        }
    }
}

/// Sets a member at a path.
fn insert(object: &mut Object, path: &str, written: &Entry, value: Node) {
    let (key, rest) = path.split_once('/').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let Some(rest) = rest else {
        object.entries.push(Entry { key: key.into(), value, ..written.clone() });
        return;
    };
    let index = object.entries.iter().position(|entry| entry.key == key).unwrap_or(object.entries.len());
    if index == object.entries.len() {
        let inner = Object { dialect: &CLOUDFORMATION, ..Object::default() };
        let node = Node::new(NodeKind::Object(inner.into()), written.key_at);
        object.entries.push(Entry { key: key.into(), value: node, ..written.clone() });
    }
    if let NodeKind::Object(inner) = &mut object.entries[index].value.kind {
        insert(Arc::make_mut(inner), rest, written, value);
    }
}

/// A request with the members that the API has, where their names are exceptions, and with scalars of the types that it has.
fn spelled(node: Node, shape: Shape, dialect: &'static Dialect) -> Node {
    match &node.kind {
        NodeKind::Array(array) => {
            let Some(item) = shape.item() else { return node };
            let items = array.items.iter().map(|one| spelled(one.clone(), item, dialect)).collect();
            Node { kind: NodeKind::Array(Array { items, more: array.more }.into()), ..node }
        }
        NodeKind::Object(object) => {
            let entries = object.entries.iter().map(|entry| spelled_entry(entry, shape, dialect)).collect();
            Node { kind: NodeKind::Object(Object { entries, dialect, more: object.more }.into()), ..node }
        }
        _ => coerced(node, shape),
    }
}

fn spelled_entry(entry: &Entry, shape: Shape, dialect: &Dialect) -> Entry {
    let value = |key: &str, member: Shape| spelled(entry.value.clone(), member, naming::dialect(key));
    let is_exact = |(key, _): &(&str, Shape)| (dialect.name_of)(key) == entry.written;
    let usual = shape.known(&entry.key).filter(is_exact);
    if let Some((key, member)) = usual.or_else(|| shape.members().find(is_exact)) {
        return Entry { key: key.into(), value: value(key, member), ..entry.clone() };
    }
    // A member of updates only.
    if entry.key == "forceNewDeployment" {
        return entry.clone();
    }
    let is_member = shape.members().next().is_some();
    match shape.known(&entry.key).filter(|_| is_renamed(entry)) {
        // A property with a name of its own, such as `ForceNewDeployment`.
        Some((key, member)) => Entry { value: value(key, member), ..entry.clone() },
        // CloudFormation does not know it.
        None if is_member => Entry { key: entry.written.clone(), ..entry.clone() },
        // A key of a free map.
        None => {
            let member = shape.member(&entry.written);
            let value = member.map_or_else(|| entry.value.clone(), |member| value(&entry.written, member));
            Entry { key: entry.written.clone(), value, ..entry.clone() }
        }
    }
}

/// Whether the property has a name of its own in the mapping.
fn is_renamed(entry: &Entry) -> bool {
    member(&entry.written) != entry.key
}

/// A scalar of the type that the API expects, as CloudFormation converts it.
fn coerced(node: Node, shape: Shape) -> Node {
    let kind = match (shape.kind(), &node.kind) {
        (Some("integer" | "number"), NodeKind::String(text)) if text.trim().parse::<f64>().is_ok() => {
            NodeKind::Number(text.trim().into())
        }
        (Some("boolean"), NodeKind::String(text)) => match text.as_str() {
            "true" | "True" | "TRUE" => NodeKind::Bool(true),
            "false" | "False" | "FALSE" => NodeKind::Bool(false),
            _ => return node,
        },
        (Some("string"), NodeKind::Number(text)) => NodeKind::String(text.clone()),
        (Some("string"), NodeKind::Bool(flag)) => NodeKind::String(format_smolstr!("{flag}")),
        _ => return node,
    };
    Node { kind, ..node }
}
