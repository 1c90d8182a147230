//! A Terraform plan: its documents, and what it says of a resource outside of them, as its configuration tells.

use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};

use crate::lower::mentions::{HARMLESS, TELLING};
use crate::lower::shapes::RESOURCES;
use crate::lower::terraform_resource;
use crate::node::{Kind, Node};
use crate::project::{Documents, Mention, Root, Scope, block_of};
use crate::sources::Sources;
use crate::span::FileId;
use crate::terraform::plan;

/// Reads a plan: its resources, and what its configuration tells of them.
pub(super) fn read(plan: &Node, file: FileId, sources: &Sources, part: &mut Documents) {
    let mut planned = Documents::default();
    for resource in plan::resources(plan) {
        terraform_resource::lower(&resource, Scope::Plan(file), sources, &mut planned);
    }
    part.all = planned.all;
    tell(plan, part);
}

/// Tells of the root that was planned: all that is planned is mentioned where its configuration does not tell. Locals are
/// not in it, and a plan may be one of some resources alone.
fn tell(plan: &Node, part: &mut Documents) {
    let Some(scope) = part.all.first().map(|document| document.scope) else { return };
    let addresses: Vec<SmolStr> = part.all.iter().filter_map(|document| document.address.clone()).collect();
    let mut walk = Walk {
        planned: addresses.iter().map(|address| without_keys(address)).collect(),
        found: FxHashSet::default(),
        hides: false,
        is_whole: true,
    };
    match plan.get("configuration").and_then(|all| all.get("root_module")) {
        Some(module) => walk.module(module, ""),
        None => walk.is_whole = false,
    }
    let is_told = walk.is_whole && !walk.hides;
    let is_mentioned = |address: &str| !is_told || walk.found.contains(without_keys(address).as_str());
    let mentioned = addresses.iter().filter(|address| is_mentioned(address));
    part.mentions = mentioned.map(|address| Mention { scope, address: block_of(address).into() }).collect();
    let (region, in_region, vpc_modules) = (None, Vec::new(), Vec::new());
    part.roots.push(Root { scope, region, in_region, is_whole: walk.is_whole, vpc_modules });
}

struct Walk {
    /// The addresses of what is planned, without keys.
    planned: FxHashSet<String>,
    found: FxHashSet<SmolStr>,
    /// Whether something is referred to by another name that the plan does not tell the meaning of.
    hides: bool,
    /// Whether all that is configured is planned.
    is_whole: bool,
}

impl Walk {
    fn module(&mut self, module: &Node, prefix: &str) {
        let resources = module.get("resources").and_then(Node::as_array);
        resources.into_iter().flat_map(|all| &all.items).for_each(|one| self.resource(one, prefix));
        module.get("outputs").into_iter().for_each(|outputs| self.refer(outputs, prefix));
        let calls = module.get("module_calls").and_then(Node::as_object);
        for call in calls.into_iter().flat_map(|calls| &calls.entries) {
            // What it is given may be used in any way within.
            call.value.get("expressions").into_iter().for_each(|given| self.refer(given, prefix));
            let before = self.is_whole;
            if let Some(inner) = call.value.get("module") {
                self.module(inner, &format!("{prefix}module.{}.", call.key));
            }
            if may_be_none(&call.value) {
                self.is_whole = before;
            }
        }
    }

    fn resource(&mut self, resource: &Node, prefix: &str) {
        let text = |key: &str| resource.get(key).and_then(Node::as_str).unwrap_or_default();
        let (kind, is_managed) = (text("type"), text("mode") != "data");
        let known = RESOURCES.iter().find(|(known, ..)| *known == kind && is_managed);
        let is_planned = self.planned.contains(&format!("{prefix}{}", text("address")));
        self.is_whole &= known.is_none() || is_planned || may_be_none(resource);
        let is_known = |name: &str| match known {
            Some((.., shape)) if TELLING.contains(&kind) => shape.iter().any(|(known, ..)| *known == name),
            Some(_) => true,
            None => HARMLESS.contains(&kind),
        };
        let expressions = resource.get("expressions").and_then(Node::as_object);
        let told = expressions.into_iter().flat_map(|all| &all.entries).filter(|entry| !is_known(&entry.key));
        told.for_each(|entry| self.refer(&entry.value, prefix));
    }

    /// Notes all that the expressions in a part of the configuration refer to.
    fn refer(&mut self, node: &Node, prefix: &str) {
        match &node.kind {
            Kind::Array(array) => array.items.iter().for_each(|item| self.refer(item, prefix)),
            Kind::Object(object) => {
                object.entries.iter().for_each(|entry| match (entry.key.as_str(), entry.value.as_array()) {
                    ("references", Some(names)) => {
                        names.items.iter().filter_map(Node::as_str).for_each(|name| self.note(name, prefix));
                    }
                    ("constant_value", _) => {}
                    _ => self.refer(&entry.value, prefix),
                });
            }
            _ => {}
        }
    }

    fn note(&mut self, reference: &str, prefix: &str) {
        let reference = without_keys(reference);
        let mut parts = reference.split('.');
        match (parts.next(), parts.next()) {
            (Some("local"), _) => self.hides = true,
            (Some(kind), Some(name)) => {
                self.found.insert(format_smolstr!("{prefix}{kind}.{name}"));
            }
            _ => {}
        }
    }
}

/// Whether there may be no instance of a resource or a module.
fn may_be_none(block: &Node) -> bool {
    ["count_expression", "for_each_expression"].iter().any(|key| block.get(key).is_some())
}

/// An address without the keys of instances.
fn without_keys(address: &str) -> String {
    let mut parts = address.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once(']').map_or("", |(_, rest)| rest))
}
