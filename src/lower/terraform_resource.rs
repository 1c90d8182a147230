//! Terraform resources to the requests that their provider makes of them.

use crate::address::{Mode, ResourceId};
use crate::lower::shapes::{Form, QUERIES, RESOURCES, Shape};
use crate::node::{Array, Dialect, Entry, Kind as NodeKind, More, Node, Object};
use crate::project::{Document, Documents, Kind, Scope};
use crate::schema;
use crate::sources::Sources;
use crate::span::Span;
use crate::terraform::{Resource, parse_json};

/// Adds the document that a resource becomes, if its type is one that is understood.
pub(super) fn lower(resource: &Resource, scope: Scope, sources: &Sources, documents: &mut Documents) {
    let Some((kind, shape)) = understood(resource) else { return };
    let mut lowering = Lowering { sources, documents };
    let request = schema::spelled(kind, lowering.object(&resource.body, shape));
    let id = ResourceId::new(scope.unit(), documents.all.len());
    documents.all.push(Document {
        id,
        kind,
        request,
        scope,
        address: Some(resource.address.clone()),
        ignored: resource.ignored.clone(),
        depends: resource.depends.clone(),
        conditional: resource.conditional,
        is_elsewhere: resource.is_elsewhere,
        title: resource.header,
    });
}

/// The arguments of a type of resources or of data sources that become something.
pub(super) fn wanted(mode: Mode, kind: &str) -> Option<Vec<&'static str>> {
    let found = table(mode).iter().find(|(known, ..)| *known == kind);
    let arguments = |(_, _, shape): &(&str, Kind, Shape)| shape.iter().map(|(name, ..)| *name).collect();
    found.map(arguments).or_else(|| (mode == Mode::Managed && kind.starts_with("aws_ecs_")).then(Vec::new))
}

fn table(mode: Mode) -> &'static [(&'static str, Kind, Shape)] {
    match mode {
        Mode::Data => QUERIES,
        Mode::Managed => RESOURCES,
    }
}

fn understood(resource: &Resource) -> Option<(Kind, Shape)> {
    let name = &resource.address.resource;
    let (_, kind, shape) = table(name.mode).iter().find(|(known, ..)| *known == name.kind)?;
    Some((*kind, shape))
}

struct Lowering<'s, 'd> {
    sources: &'s Sources,
    documents: &'d mut Documents,
}

impl Lowering<'_, '_> {
    /// The members that the shape makes of an object's arguments and blocks.
    fn object(&mut self, body: &Node, shape: Shape) -> Node {
        let mut object = Object { dialect: Dialect::Terraform, ..Object::default() };
        let Some(written) = body.as_object() else { return body.clone() };
        object.more = written.more;
        for entry in &written.entries {
            let Some((_, path, form)) = shape.iter().find(|(name, ..)| *name == entry.key) else {
                continue;
            };
            match form {
                Form::Inline(shape) => self.inline(&mut object, entry, shape),
                _ => {
                    let value = self.value(entry, *form);
                    put(&mut object, path, entry, value);
                }
            }
        }
        object.entries.shrink_to_fit();
        Node { kind: NodeKind::Object(object.into()), ..body.clone() }
    }

    fn value(&mut self, entry: &Entry, form: Form) -> Node {
        match form {
            Form::Same | Form::Inline(_) => entry.value.clone(),
            Form::Pairs(key) => pairs(&entry.value, key),
            Form::Switch => switch(&entry.value),
            Form::Json => self.json(entry),
            Form::Block(shape) => self.block(&entry.value, shape),
            Form::Blocks(shape) => self.blocks(&entry.value, shape),
        }
    }

    /// The one block of its kind; with a `dynamic` one beside it or in its place, unknown.
    fn block(&mut self, blocks: &Node, shape: Shape) -> Node {
        match &blocks.kind {
            NodeKind::Array(array) if array.more == More::No && array.items.len() == 1 => {
                self.object(&array.items[0], shape)
            }
            // A plan has a block that the configuration does not have.
            NodeKind::Null => blocks.clone(),
            // A block written as a map, as old configurations and Terraform's JSON have it.
            NodeKind::Object(_) => self.object(blocks, shape),
            _ => Node::unknown(crate::node::Unknown::Expression("dynamic".into()), blocks.at),
        }
    }

    fn blocks(&mut self, blocks: &Node, shape: Shape) -> Node {
        let one = Array { items: vec![blocks.clone()], more: More::No };
        let array = match &blocks.kind {
            NodeKind::Array(array) => array,
            NodeKind::Object(_) => &one,
            _ => return blocks.clone(),
        };
        let items = array.items.iter().map(|item| self.object(item, shape)).collect();
        let array = Array { items, more: array.more };
        Node { kind: NodeKind::Array(array.into()), ..blocks.clone() }
    }

    fn inline(&mut self, object: &mut Object, entry: &Entry, shape: Shape) {
        let lowered = self.block(&entry.value, shape);
        match lowered.as_object() {
            Some(inner) => object.entries.extend(inner.entries.iter().cloned()),
            None => object.more = More::Maybe,
        }
    }

    /// The value that a string of JSON encodes. Its problems are the document's.
    fn json(&mut self, entry: &Entry) -> Node {
        let text = &entry.value;
        let Some(parsed) = parse_json(self.sources, text) else { return text.clone() };
        self.documents.problems.extend(parsed.problems);
        // What is encoded may come from other files: YAML that is decoded, a JSON file.
        let items = parsed.root.iter().filter_map(Node::as_array).flat_map(|array| &array.items);
        let read = items.chain(&parsed.root).map(|node| node.at.file).chain([text.at.file]);
        self.documents.files.extend(read.filter(|file| *file != entry.key_at.file));
        match parsed.root {
            Some(root) if is_encoding(text) => root,
            Some(root) => with_use(root, text.used.unwrap_or(text.at), text.at),
            None => text.clone(),
        }
    }
}

/// Whether a string is the encoding of a value, whose parts know their uses themselves.
fn is_encoding(text: &Node) -> bool {
    matches!(&text.kind, NodeKind::Text(text) if text.json().is_some())
}

/// Notes where it is used on every value that was written outside of the text around it.
fn with_use(node: Node, place: Span, text: Span) -> Node {
    let used = match node.used {
        None if !text.contains(node.at) => Some(place),
        used => used,
    };
    let node = node.with_each(|inner| with_use(inner.clone(), place, text));
    Node { used, ..node }
}

/// Puts a member at a path, making the objects on the way.
fn put(object: &mut Object, path: &str, written: &Entry, value: Node) {
    let (key, rest) = path.split_once('/').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let Some(rest) = rest else {
        if join(object, key, &value) {
            return;
        }
        let written = (written.key.clone(), written.key_at);
        object.entries.push(Entry { key: key.into(), written: written.0, key_at: written.1, value });
        return;
    };
    let index = object.entries.iter().position(|entry| entry.key == key).unwrap_or(object.entries.len());
    if index == object.entries.len() {
        let at = written.key_at;
        let inner = Object { dialect: Dialect::Terraform, ..Object::default() };
        let node = Node::new(NodeKind::Object(inner.into()), at);
        object.entries.push(Entry { key: key.into(), written: written.key.clone(), key_at: at, value: node });
    }
    if let NodeKind::Object(inner) = &mut object.entries[index].value.kind {
        put(std::sync::Arc::make_mut(inner), rest, written, value);
    }
}

/// The members of a map as a list of objects. The oldest configurations write maps as blocks.
fn pairs(map: &Node, key: &str) -> Node {
    let blocks = map.as_array().filter(|array| array.more == More::No);
    if let Some([one]) = blocks.map(|array| array.items.as_slice()) {
        return pairs(one, key);
    }
    let object = match &map.kind {
        NodeKind::Object(object) => object,
        NodeKind::Unknown(_) | NodeKind::Null => return map.clone(),
        _ => return Node::unknown(crate::node::Unknown::Expression("map".into()), map.at),
    };
    let pair = |entry: &Entry| {
        let name = Entry::new(key, entry.key_at, Node::string(entry.key.clone(), entry.key_at));
        let value = Entry::new("value", entry.key_at, entry.value.clone());
        Node::object(vec![name, value], entry.key_at)
    };
    let items = object.entries.iter().map(pair).collect();
    Node { kind: NodeKind::Array(Array { items, more: object.more }.into()), ..map.clone() }
}

/// Adds what a block says to the object that arguments beside it began; false where nothing is there yet.
fn join(object: &mut Object, key: &str, value: &Node) -> bool {
    let Some(entry) = object.entries.iter_mut().find(|entry| entry.key == key) else { return false };
    let NodeKind::Object(known) = &mut entry.value.kind else { return false };
    let known = std::sync::Arc::make_mut(known);
    match value.as_object() {
        Some(added) => {
            known.entries.extend(added.entries.iter().cloned());
            known.more = if added.more == More::Maybe { More::Maybe } else { known.more };
        }
        None => known.more = More::Maybe,
    }
    true
}

/// A boolean in the API's words.
fn switch(value: &Node) -> Node {
    let word = match (&value.kind, value.as_str()) {
        (NodeKind::Bool(true), _) | (_, Some("true")) => "ENABLED",
        (NodeKind::Bool(false), _) | (_, Some("false")) => "DISABLED",
        _ => return value.clone(),
    };
    Node { kind: NodeKind::String(word.into()), ..value.clone() }
}
