//! Reads the output of `terraform show -json` for a plan: resources with their planned values, and the values that are
//! known only after apply.

mod sensitive;

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::{Address, ModulePath, ModuleStep, Reference, ResourceName, ResourceRef, UnitId};
use crate::syntax::SyntaxError;
use crate::terraform::Resource;
use crate::value::{Array, BLOCKS, Entry, More, Node, NodeKind, Object, Unknown};

pub use sensitive::marked;

/// The maximum number of modules that a reference is followed through. References can be circular.
const MAX_MODULES: usize = 16;

/// Arguments that are lists even if their values are unknown.
const LISTS: &[&str] = &["subnets", "security_groups", "subnet_ids", "vpc_security_group_ids"];

/// Returns `true` if a JSON value is a plan.
pub fn is_plan(root: &Node) -> bool {
    root.get("format_version").is_some() && root.get("planned_values").is_some()
}

/// The resources of a plan, and the data sources that were read for it; `unit` identifies the plan. Adds the limits that were
/// reached to `errors`.
pub fn resources(root: &Node, unit: UnitId, errors: &mut Vec<SyntaxError>) -> Vec<Resource> {
    let mut blocks = Vec::new();
    let planned = root.get("planned_values").and_then(|values| values.get("root_module"));
    let prior = root
        .get("prior_state")
        .and_then(|state| state.get("values"))
        .and_then(|values| values.get("root_module"));
    planned.into_iter().for_each(|module| collect(module, &mut blocks));
    let mut read = Vec::new();
    prior.into_iter().for_each(|module| collect(module, &mut read));
    blocks.extend(read.into_iter().filter(|block| text(block, "mode") == Some("data")));
    let mut plan = Plan {
        unit,
        changes: changes(root),
        ids: FxHashMap::default(),
        addresses: FxHashMap::default(),
        configuration: root.get("configuration"),
        limit: RefCell::default(),
    };
    plan.declare(&blocks);
    let resources = blocks.into_iter().filter_map(|block| plan.resource(block)).collect();
    errors.extend(plan.limit.take());
    resources
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_str)
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_array).map_or(&[], |array| &array.items)
}

/// Collects the resources of a module and of the modules that it calls.
fn collect<'n>(module: &'n Node, found: &mut Vec<&'n Node>) {
    found.extend(items(module, "resources"));
    items(module, "child_modules").iter().for_each(|child| collect(child, found));
}

/// The unknown values of each resource, by address.
fn changes(root: &Node) -> FxHashMap<&str, &Node> {
    let changes = items(root, "resource_changes").iter();
    changes
        .filter_map(|change| Some((text(change, "address")?, change.get("change")?.get("after_unknown")?)))
        .collect()
}

/// Returns `true` if a string is an ARN or an EC2 id, which identify exactly one object.
fn is_id(text: &str) -> bool {
    let hex = |id: &str| id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.starts_with("arn:") || text.rsplit_once('-').is_some_and(|(_, id)| hex(id))
}

struct Plan<'n> {
    unit: UnitId,
    changes: FxHashMap<&'n str, &'n Node>,
    /// The existing resources by id and ARN, each with the name of that attribute.
    ids: FxHashMap<&'n str, (ResourceRef, &'static str)>,
    /// The instances of each resource, by its name in the module.
    addresses: FxHashMap<ResourceName, Vec<ResourceRef>>,
    configuration: Option<&'n Node>,
    /// The first reference through too many modules.
    limit: RefCell<Option<SyntaxError>>,
}

impl<'n> Plan<'n> {
    /// Records the addresses of all resources, and the ids of the existing ones.
    fn declare(&mut self, blocks: &[&'n Node]) {
        for block in blocks {
            let Some(address) = text(block, "address").and_then(|text| Address::parse(self.unit, text))
            else {
                continue;
            };
            let address = ResourceRef::from(address);
            for attribute in ["id", "arn"] {
                let id = block.get("values").and_then(|values| text(values, attribute));
                if let Some(id) = id.filter(|id| is_id(id)) {
                    self.ids.entry(id).or_insert((address.clone(), attribute));
                }
            }
            self.addresses.entry(address.resource.clone()).or_default().push(address);
        }
    }

    fn resource(&self, block: &'n Node) -> Option<Resource> {
        let written = text(block, "address")?;
        let own = ResourceRef::from(Address::parse(self.unit, written)?);
        let modules: Vec<SmolStr> = own.module.names().cloned().collect();
        let expressions = self.module(&modules).and_then(|module| {
            let is_this = |found: &&Node| {
                text(found, "type") == Some(&own.resource.kind)
                    && text(found, "name") == Some(&own.resource.name)
            };
            items(module, "resources").iter().find(is_this)?.get("expressions")
        });
        let values = block.get("values")?;
        let unknown = self.changes.get(written).copied();
        Some(Resource {
            body: self.merge("", &own, &modules, Some(values), unknown, expressions)?,
            address: own,
            ignore_changes: Vec::new(),
            dependencies: None,
            is_conditional: false,
            has_own_provider: false,
            region: None,
            header: block.entry("address")?.value.at,
        })
    }

    /// The configuration of the module at a path of call names.
    fn module(&self, names: &[SmolStr]) -> Option<&'n Node> {
        names.iter().try_fold(self.configuration?.get("root_module")?, |module, name| {
            module.get("module_calls")?.get(name)?.get("module")
        })
    }

    /// Merges the unknown values into a value, named after the references in the configuration.
    fn merge(
        &self,
        key: &str,
        own: &ResourceRef,
        modules: &[SmolStr],
        value: Option<&'n Node>,
        unknown: Option<&'n Node>,
        expression: Option<&'n Node>,
    ) -> Option<Node> {
        let Some(unknown) = unknown.filter(|unknown| !matches!(unknown.kind, NodeKind::Bool(false))) else {
            return value.map(|value| self.known(own, value));
        };
        let place = value.map_or(unknown.at, |value| value.at);
        let next = |name: &str| expression.and_then(|node| node.get(name));
        match (&unknown.kind, value.map(|value| &value.kind)) {
            (NodeKind::Bool(true), _) => {
                let why = expression.and_then(|node| self.reference(modules, node, own, MAX_MODULES));
                let why =
                    why.unwrap_or_else(|| Unknown::Expression(SmolStr::new_static("known after apply")));
                let node = Node::unknown(why, place);
                Some(if LISTS.contains(&key) {
                    Node::new(NodeKind::Array(Array { items: vec![node], more: More::Maybe }.into()), place)
                } else {
                    node
                })
            }
            (NodeKind::Object(parts), Some(NodeKind::Object(known))) => {
                let mut object = Object { dialect: &BLOCKS, ..Object::default() };
                let more = parts
                    .entries
                    .iter()
                    .filter(|entry| !known.entries.iter().any(|other| other.key == entry.key));
                for entry in known.entries.iter().chain(more) {
                    let (value, unknown) =
                        (value.and_then(|node| node.get(&entry.key)), unknown.get(&entry.key));
                    let value = self.merge(&entry.key, own, modules, value, unknown, next(&entry.key));
                    object.entries.extend(value.map(|value| Entry { value, ..entry.clone() }));
                }
                Some(Node::new(NodeKind::Object(object.into()), place))
            }
            (NodeKind::Array(parts), Some(NodeKind::Array(known)))
                if known.items.is_empty() && parts.items.is_empty() =>
            {
                Some(Node::new(NodeKind::Null, place))
            }
            (NodeKind::Array(parts), Some(NodeKind::Array(known))) => {
                let many = parts.items.len().max(known.items.len());
                let item = |index: usize| {
                    let inner = expression.and_then(Node::as_array).and_then(|array| array.items.get(index));
                    let (value, unknown) = (known.items.get(index), parts.items.get(index));
                    self.merge(key, own, modules, value, unknown, inner.or(expression))
                };
                Some(Node::array((0..many).filter_map(item).collect(), place))
            }
            _ => value.map(|value| self.known(own, value)),
        }
    }

    /// A fully known value. The id of another resource in the plan becomes a reference to it.
    fn known(&self, own: &ResourceRef, value: &Node) -> Node {
        let kind = match &value.kind {
            NodeKind::String(text) => match self.ids.get(text.as_str()) {
                Some((of, attribute)) if of != own => {
                    NodeKind::Unknown(Unknown::attribute(of.clone(), SmolStr::new_static(attribute)))
                }
                _ => return value.clone(),
            },
            // An argument that is not configured is an empty list in a plan.
            NodeKind::Array(array) if array.items.is_empty() => NodeKind::Null,
            _ => {
                let each = |inner: &Node| self.known(own, inner);
                return value.clone().with_each(each).in_dialect(&BLOCKS);
            }
        };
        Node { kind, ..value.clone() }
    }

    /// The attribute of the one resource that an expression refers to, resolved through variables and outputs.
    fn reference(
        &self,
        modules: &[SmolStr],
        expression: &'n Node,
        own: &ResourceRef,
        depth: usize,
    ) -> Option<Unknown> {
        let Some(depth) = depth.checked_sub(1) else {
            let message = format!(
                "references are followed through at most {MAX_MODULES} modules; this one and similar ones are not resolved"
            );
            self.limit.borrow_mut().get_or_insert_with(|| SyntaxError::limit(expression.at, message));
            return None;
        };
        // The longest of several references to the same object comes first: its attribute, then the object itself.
        let first = items(expression, "references").first()?.as_str()?;
        match Reference::parse(first)? {
            Reference::Variable(name) => {
                let (call, around) = modules.split_last()?;
                let call = self.module(around)?.get("module_calls")?.get(call)?;
                self.reference(around, call.get("expressions")?.get(&name)?, own, depth)
            }
            Reference::Module(call, Some(output)) => {
                let inner = [modules, &[call]].concat();
                let output = self.module(&inner)?.get("outputs")?.get(&output)?;
                self.reference(&inner, output.get("expression")?, own, depth)
            }
            Reference::Resource(resource, Some(attribute)) => {
                Some(Unknown::attribute(self.instance(modules, resource, own), attribute))
            }
            Reference::Local(_) | Reference::Module(_, None) | Reference::Resource(_, None) => None,
        }
    }

    /// Resolves a reference to an instance of a resource: the only instance, or the one in the same module instances
    /// and with the same key as the resource that refers to it.
    fn instance(&self, modules: &[SmolStr], resource: ResourceName, own: &ResourceRef) -> ResourceRef {
        let all = self.addresses.get(&resource).map_or(&[][..], Vec::as_slice);
        let in_module = |known: &&ResourceRef| known.module.names().eq(modules);
        let shared = |known: &&ResourceRef| {
            let mut steps = known.module.steps().iter().zip(own.module.steps());
            let mut same = true;
            steps.all(|(its, ours)| {
                same &= its.name == ours.name;
                !same || its.key == ours.key
            })
        };
        let instances: Vec<&ResourceRef> = all.iter().filter(in_module).collect();
        let near: Vec<&ResourceRef> = instances.iter().copied().filter(shared).collect();
        let one = match (instances.as_slice(), near.as_slice()) {
            ([only], _) | (_, [only]) => Some(*only),
            (_, near) => near.iter().copied().find(|known| known.key == own.key),
        };
        one.cloned().unwrap_or_else(|| {
            let module: ModulePath =
                modules.iter().map(|name| ModuleStep { name: name.clone(), key: None }).collect();
            Address { root: self.unit, module, resource, key: None }.into()
        })
    }
}
