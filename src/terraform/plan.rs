//! What `terraform show -json` prints of a plan: resources with the values they will have, and what is not known yet.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::node::{Array, Dialect, Entry, Kind, More, Node, Object, Unknown};
use crate::terraform::{Mode, Resource};

/// How many modules a reference is followed through.
const DEEPEST: usize = 16;

/// Arguments that are lists even where nothing of them is known.
const LISTS: &[&str] = &["subnets", "security_groups", "subnet_ids", "vpc_security_group_ids"];

/// Whether a JSON value is a plan.
pub fn is_plan(root: &Node) -> bool {
    root.get("format_version").is_some() && root.get("planned_values").is_some()
}

/// The resources of a plan, and the data sources that were read for it.
pub fn resources(root: &Node) -> Vec<Resource> {
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
    let addresses = blocks.iter().filter_map(|block| text(block, "address")).collect();
    let plan = Plan {
        changes: changes(root),
        ids: ids(&blocks),
        addresses,
        configuration: root.get("configuration"),
    };
    blocks.into_iter().filter_map(|block| plan.resource(block)).collect()
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_str)
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_array).map_or(&[], |array| &array.items)
}

/// The resources of a module and of those it calls.
fn collect<'n>(module: &'n Node, found: &mut Vec<&'n Node>) {
    found.extend(items(module, "resources"));
    items(module, "child_modules").iter().for_each(|child| collect(child, found));
}

/// What is not known yet of each resource, by its address.
fn changes(root: &Node) -> FxHashMap<&str, &Node> {
    let changes = items(root, "resource_changes").iter();
    changes
        .filter_map(|change| Some((text(change, "address")?, change.get("change")?.get("after_unknown")?)))
        .collect()
}

/// The addresses of resources that are there already, by their ids and ARNs.
fn ids<'n>(blocks: &[&'n Node]) -> FxHashMap<&'n str, (&'n str, &'static str)> {
    let mut ids = FxHashMap::default();
    for block in blocks {
        let (Some(address), Some(values)) = (text(block, "address"), block.get("values")) else { continue };
        for attribute in ["id", "arn"] {
            if let Some(id) = text(values, attribute).filter(|id| is_id(id)) {
                ids.entry(id).or_insert((address, attribute));
            }
        }
    }
    ids
}

/// Whether a string is an ARN or an id of EC2's, which name one thing.
fn is_id(text: &str) -> bool {
    let hex = |id: &str| id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.starts_with("arn:") || text.rsplit_once('-').is_some_and(|(_, id)| hex(id))
}

struct Plan<'n> {
    changes: FxHashMap<&'n str, &'n Node>,
    ids: FxHashMap<&'n str, (&'n str, &'static str)>,
    addresses: Vec<&'n str>,
    configuration: Option<&'n Node>,
}

impl<'n> Plan<'n> {
    fn resource(&self, block: &'n Node) -> Option<Resource> {
        let (address, kind, name) = (text(block, "address")?, text(block, "type")?, text(block, "name")?);
        let modules = modules(address);
        let mode = if text(block, "mode") == Some("data") { Mode::Data } else { Mode::Managed };
        let expressions = self.module(&modules).and_then(|module| {
            let is_this =
                |found: &&Node| text(found, "type") == Some(kind) && text(found, "name") == Some(name);
            items(module, "resources").iter().find(is_this)?.get("expressions")
        });
        let values = block.get("values")?;
        let unknown = self.changes.get(address).copied();
        Some(Resource {
            address: address.into(),
            kind: kind.into(),
            mode,
            body: self.merge("", address, &modules, Some(values), unknown, expressions)?,
            ignored: Vec::new(),
            depends: None,
            conditional: false,
            is_elsewhere: false,
            header: block.entry("address")?.value.at,
        })
    }

    /// The configuration of the module that the names of calls lead to.
    fn module(&self, names: &[SmolStr]) -> Option<&'n Node> {
        names.iter().try_fold(self.configuration?.get("root_module")?, |module, name| {
            module.get("module_calls")?.get(name)?.get("module")
        })
    }

    /// A value with what is unknown in it, named by what the configuration says there.
    fn merge(
        &self,
        key: &str,
        own: &str,
        modules: &[SmolStr],
        value: Option<&'n Node>,
        unknown: Option<&'n Node>,
        expression: Option<&'n Node>,
    ) -> Option<Node> {
        let Some(unknown) = unknown.filter(|unknown| !matches!(unknown.kind, Kind::Bool(false))) else {
            return value.map(|value| self.known(own, value));
        };
        let place = value.map_or(unknown.at, |value| value.at);
        let next = |name: &str| expression.and_then(|node| node.get(name));
        match (&unknown.kind, value.map(|value| &value.kind)) {
            (Kind::Bool(true), _) => {
                let why = expression.and_then(|node| self.reference(modules, node, own, DEEPEST));
                let why =
                    why.unwrap_or_else(|| Unknown::Expression(SmolStr::new_static("known after apply")));
                let node = Node::unknown(why, place);
                Some(match LISTS.contains(&key) {
                    true => {
                        Node::new(Kind::Array(Array { items: vec![node], more: More::Maybe }.into()), place)
                    }
                    false => node,
                })
            }
            (Kind::Object(parts), Some(Kind::Object(known))) => {
                let mut object = Object { dialect: Dialect::Terraform, ..Object::default() };
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
                Some(Node::new(Kind::Object(object.into()), place))
            }
            (Kind::Array(parts), Some(Kind::Array(known)))
                if known.items.is_empty() && parts.items.is_empty() =>
            {
                Some(Node::new(Kind::Null, place))
            }
            (Kind::Array(parts), Some(Kind::Array(known))) => {
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

    /// A value that is known in full; the id of another resource of the plan is a reference to it.
    fn known(&self, own: &str, value: &Node) -> Node {
        let kind = match &value.kind {
            Kind::String(text) => match self.ids.get(text.as_str()) {
                Some((address, attribute)) if *address != own => {
                    let (address, attribute) = ((*address).into(), SmolStr::new_static(attribute));
                    Kind::Unknown(Unknown::Attribute { address, attribute })
                }
                _ => return value.clone(),
            },
            // What the configuration does not have is an empty list in a plan.
            Kind::Array(array) if array.items.is_empty() => Kind::Null,
            _ => {
                let each = |inner: &Node| self.known(own, inner);
                return value.clone().with_each(each).in_dialect(Dialect::Terraform);
            }
        };
        Node { kind, ..value.clone() }
    }

    /// The attribute of the one resource that an expression refers to, through variables and outputs.
    fn reference(
        &self,
        modules: &[SmolStr],
        expression: &'n Node,
        own: &str,
        depth: usize,
    ) -> Option<Unknown> {
        let depth = depth.checked_sub(1)?;
        // The longest of references to one thing comes first: its attribute, then itself.
        let first = items(expression, "references").first()?.as_str()?;
        let parts = parts(first);
        match parts.as_slice() {
            [var, name, ..] if *var == "var" => {
                let (call, around) = modules.split_last()?;
                let call = self.module(around)?.get("module_calls")?.get(call)?;
                self.reference(around, call.get("expressions")?.get(name)?, own, depth)
            }
            [module, call, output, ..] if *module == "module" => {
                let inner = [modules, &[SmolStr::from(*call)]].concat();
                let output = self.module(&inner)?.get("outputs")?.get(output)?;
                self.reference(&inner, output.get("expression")?, own, depth)
            }
            [data, kind, name, attribute, ..] if *data == "data" => {
                Some(self.attribute(modules, &format!("data.{kind}.{name}"), attribute, own))
            }
            [kind, name, attribute, ..] if kind.contains('_') => {
                Some(self.attribute(modules, &format!("{kind}.{name}"), attribute, own))
            }
            _ => None,
        }
    }

    /// An attribute of a resource of a module: of its one instance, or of that with the keys of the resource that
    /// refers to it.
    fn attribute(&self, modules: &[SmolStr], address: &str, attribute: &str, own: &str) -> Unknown {
        let prefix: String = modules.iter().map(|name| format!("module.{name}.")).collect();
        let block = format!("{prefix}{address}");
        let instances: Vec<&str> =
            self.addresses.iter().copied().filter(|known| parts(known).join(".") == block).collect();
        let key = own.rfind('[').map_or("", |start| &own[start..]);
        let address = match instances.as_slice() {
            [only] => SmolStr::from(*only),
            several => several
                .iter()
                .find(|known| known.ends_with(key))
                .map_or_else(|| block.into(), |known| SmolStr::from(*known)),
        };
        Unknown::Attribute { address, attribute: attribute.into() }
    }
}

/// The parts of an address or reference between its dots, without the keys of instances.
fn parts(address: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, letter) in address.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                parts.push(&address[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&address[start..]);
    parts.into_iter().map(|part| part.split('[').next().unwrap_or(part)).collect()
}

/// The names of the calls that lead to the module of an address.
fn modules(address: &str) -> Vec<SmolStr> {
    let parts = parts(address);
    let calls = parts.chunks(2).take_while(|pair| pair[0] == "module");
    calls.filter_map(|pair| pair.get(1).map(|name| SmolStr::from(*name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fall_into_parts_at_their_dots() {
        assert_eq!(parts("module.a[\"x.y\"].aws_lb.b[0]"), ["module", "a", "aws_lb", "b"]);
        assert_eq!(modules("module.a[\"x.y\"].module.b.aws_lb.c"), ["a", "b"]);
        assert_eq!(modules("aws_lb.c"), [""; 0]);
    }
}
