//! Published modules whose sources are not on disk: the resources that they create from their arguments, as far as the
//! provider describes them.

use smol_str::SmolStr;

use crate::address::{Address, Key, ModulePath, ResourceName, ResourceRef, UnitId};
use crate::source::Span;
use crate::syntax::hcl::{Block, ExprKind};
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::evaluation::expand;
use crate::terraform::{KnownModule, KnownResource, Origin, Resource, functions, operator};
use crate::value::{Array, BLOCKS, Entry, More, Node, NodeKind, Object, Unknown};

/// The arguments that control whether a module creates anything.
const SWITCHES: &[&str] = &["create", "enabled", "create_service", "create_task_definition"];

/// Adds the resources that an unread module is known to create.
pub(super) fn resources(eval: Eval, call: &Block, path: &ModulePath, found: &mut Vec<Resource>) {
    let source = call.body.attribute("source").map(|source| &source.value.kind);
    let Some(ExprKind::String(source)) = source else { return };
    let is_source = |parts: &[&str]| parts.iter().all(|part| source.contains(part));
    let known = eval.configuration.provider.known_modules();
    let Some(known) = known.iter().find(|known| is_source(known.source)) else { return };
    let given = |name: &str| call.body.attribute(name).map(|argument| eval.expr(&argument.value));
    let root = eval.configuration.unit();
    let Some(each) = known.each else { return add(&Call { given: &given, call, root, path }, known, found) };
    let services = given(each);
    for (key, service) in services.as_ref().and_then(expand::members).unwrap_or_default() {
        let path = path
            .child(SmolStr::new_static("service"), Some(Key::Name(key.as_str().unwrap_or_default().into())));
        let given = |name: &str| service.get(name).cloned().or_else(|| (name == "name").then(|| key.clone()));
        add(&Call { given: &given, call, root, path: &path }, known, found);
    }
}

/// A call of a published module.
struct Call<'c> {
    given: &'c dyn Fn(&str) -> Option<Node>,
    call: &'c Block,
    root: UnitId,
    path: &'c ModulePath,
}

impl Call<'_> {
    /// The address of a resource that the module creates.
    fn address(&self, kind: &'static str, name: &'static str) -> ResourceRef {
        let resource = ResourceName::managed(SmolStr::new_static(kind), SmolStr::new_static(name));
        Address { root: self.root, module: self.path.clone(), resource, key: None }.into()
    }
}

fn add(call: &Call, known: &KnownModule, found: &mut Vec<Resource>) {
    // A resource that is switched off, or may be switched off by an unknown value, is not certain to exist.
    let is_on = |name: &&str| (call.given)(name).is_none_or(|value| operator::truth(&value) == Some(true));
    if !SWITCHES.iter().all(is_on) {
        return;
    }
    for KnownResource { kind, name, arguments } in known.resources {
        let header = call.call.header;
        let mut body = open();
        for (path, origin) in *arguments {
            if let Some((at, value)) = value(*origin, call) {
                put(&mut body, path, at, value);
            }
        }
        found.push(Resource {
            address: call.address(kind, name),
            body: Node::new(NodeKind::Object(body.into()), header),
            ignore_changes: vec![SmolStr::new_static("all")],
            dependencies: None,
            is_conditional: true,
            header,
            has_own_provider: true,
        });
    }
}

fn open() -> Object {
    Object { dialect: &BLOCKS, more: More::Maybe, ..Object::default() }
}

/// Sets an argument at its path. The blocks on the path are lists of one.
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
    let node = Node::new(NodeKind::Object(inner.into()), at);
    body.entries.push(Entry::new(block, at, Node::array(vec![node], at)));
}

/// The value of an argument, and the place where the module call sets it.
fn value(origin: Origin, call: &Call) -> Option<(Span, Node)> {
    let header = call.call.header;
    let given = |name: &str| {
        let at = call.call.body.attribute(name).map_or(header, |argument| argument.name_at);
        (call.given)(name).filter(|value| !matches!(value.kind, NodeKind::Null)).map(|value| (at, value))
    };
    match origin {
        Origin::Argument(name) => given(name),
        Origin::Or(name, text) => given(name).or_else(|| Some((header, Node::string(text, header)))),
        Origin::OrList(name, text) => {
            let (at, value) = given(name).unwrap_or_else(|| (header, Node::string(text, header)));
            let list = if value.as_array().is_some() { value } else { Node::array(vec![value], at) };
            Some((at, list))
        }
        Origin::Values(name) => given(name).map(|(at, value)| (at, values(&value))),
        Origin::NamedJson(name) => given(name).and_then(|(at, value)| Some((at, named_json(&value)?))),
        Origin::Sibling(kind, name, attribute) => {
            let why = Unknown::attribute(call.address(kind, name), SmolStr::new_static(attribute));
            Some((header, Node::unknown(why, header)))
        }
    }
}

/// Marks a value as Terraform's own, so that the types of the module's variables convert its scalars.
fn own(node: &Node) -> Node {
    node.clone().with_each(own).in_dialect(&BLOCKS)
}

/// Converts a map or a list of blocks to a list of blocks.
fn values(node: &Node) -> Node {
    let (items, more) = match &node.kind {
        NodeKind::Object(object) => {
            (object.entries.iter().map(|entry| own(&entry.value)).collect(), object.more)
        }
        NodeKind::Array(array) => (array.items.iter().map(own).collect(), array.more),
        _ => return node.clone(),
    };
    Node { kind: NodeKind::Array(Array { items, more }.into()), ..node.clone() }
}

/// Converts named objects to the JSON of a list of objects, each of which may have more members.
fn named_json(node: &Node) -> Option<Node> {
    let object = node.as_object()?;
    let items = object.entries.iter().map(|entry| named(&entry.key, entry)).collect();
    let list = Node::new(NodeKind::Array(Array { items, more: object.more }.into()), node.at);
    Some(functions::encoded(&list, node.at))
}

fn named(name: &str, entry: &Entry) -> Node {
    let Some(object) = entry.value.as_object() else { return entry.value.clone() };
    let mut made = open();
    for member in &object.entries {
        made.entries.push(Entry { key: camel(&member.key), value: own(&member.value), ..member.clone() });
    }
    if made.entries.iter().all(|member| member.key != "name") {
        made.entries.push(Entry::new("name", entry.key_at, Node::string(name, entry.key_at)));
    }
    Node { kind: NodeKind::Object(made.into()), ..entry.value.clone() }
}

/// Converts a Terraform name to the API's spelling: `port_mappings` to `portMappings`.
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
