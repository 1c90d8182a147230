//! A Terraform plan: its documents, and what it says of a resource outside of them, as its configuration tells.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::address::{Address, Reference, ResourceName, ResourceRef};
use crate::lower::mentions::{HARMLESS, TELLING};
use crate::lower::shapes::RESOURCES;
use crate::lower::terraform_resource;
use crate::node::{Kind, Node};
use crate::project::{Documents, Mention, Root, Scope};
use crate::sources::Sources;
use crate::span::FileId;
use crate::terraform::plan;

/// Reads a plan: its resources, and what its configuration tells of them.
pub(super) fn read(plan: &Node, file: FileId, sources: &Sources, part: &mut Documents) {
    let mut planned = Documents::default();
    let scope = Scope::Plan(file);
    for resource in plan::resources(plan, scope.unit()) {
        terraform_resource::lower(&resource, scope, sources, &mut planned);
    }
    part.all = planned.all;
    tell(plan, part);
}

/// Tells of the root that was planned: all that is planned is mentioned where its configuration does not tell. Locals are
/// not in it, and a plan may be one of some resources alone.
fn tell(plan: &Node, part: &mut Documents) {
    let Some(scope) = part.all.first().map(|document| document.scope) else { return };
    let addresses: Vec<ResourceRef> =
        part.all.iter().filter_map(|document| document.address.clone()).collect();
    let mut walk = Walk {
        planned: addresses.iter().map(|address| Code::of(address)).collect(),
        found: FxHashSet::default(),
        hides: false,
        is_whole: true,
    };
    match plan.get("configuration").and_then(|all| all.get("root_module")) {
        Some(module) => walk.module(module, &[]),
        None => walk.is_whole = false,
    }
    let is_told = walk.is_whole && !walk.hides;
    let is_mentioned = |address: &Address| !is_told || walk.found.contains(&Code::of(address));
    let mentioned = addresses.iter().filter(|address| is_mentioned(address));
    part.mentions = mentioned.map(|address| Mention::Resource { scope, address: address.block() }).collect();
    part.roots.push(Root { scope, regions: Vec::new(), is_whole: walk.is_whole, vpc_modules: Vec::new() });
}

/// A resource in the code, of which there may be several instances: the names of the calls that lead to its module, and its
/// own.
#[derive(PartialEq, Eq, Hash)]
struct Code(Vec<SmolStr>, ResourceName);

impl Code {
    fn of(address: &Address) -> Code {
        Code(address.module.names().cloned().collect(), address.resource.clone())
    }
}

struct Walk {
    /// What is planned.
    planned: FxHashSet<Code>,
    found: FxHashSet<Code>,
    /// Whether something is referred to by another name that the plan does not tell the meaning of.
    hides: bool,
    /// Whether all that is configured is planned.
    is_whole: bool,
}

impl Walk {
    fn module(&mut self, module: &Node, path: &[SmolStr]) {
        let resources = module.get("resources").and_then(Node::as_array);
        resources.into_iter().flat_map(|all| &all.items).for_each(|one| self.resource(one, path));
        module.get("outputs").into_iter().for_each(|outputs| self.refer(outputs, path));
        let calls = module.get("module_calls").and_then(Node::as_object);
        for call in calls.into_iter().flat_map(|calls| &calls.entries) {
            // What it is given may be used in any way within.
            call.value.get("expressions").into_iter().for_each(|given| self.refer(given, path));
            let before = self.is_whole;
            if let Some(inner) = call.value.get("module") {
                self.module(inner, &[path, std::slice::from_ref(&call.key)].concat());
            }
            if may_be_none(&call.value) {
                self.is_whole = before;
            }
        }
    }

    fn resource(&mut self, resource: &Node, path: &[SmolStr]) {
        let text = |key: &str| resource.get(key).and_then(Node::as_str).unwrap_or_default();
        let (kind, is_managed) = (text("type"), text("mode") != "data");
        let known = RESOURCES.iter().find(|(known, ..)| *known == kind && is_managed);
        let is_planned =
            self.planned.contains(&Code(path.to_vec(), ResourceName::managed(kind, text("name"))));
        self.is_whole &= known.is_none() || is_planned || may_be_none(resource);
        let is_known = |name: &str| match known {
            Some((.., shape)) if TELLING.contains(&kind) => shape.iter().any(|(known, ..)| *known == name),
            Some(_) => true,
            None => HARMLESS.contains(&kind),
        };
        let expressions = resource.get("expressions").and_then(Node::as_object);
        let told = expressions.into_iter().flat_map(|all| &all.entries).filter(|entry| !is_known(&entry.key));
        told.for_each(|entry| self.refer(&entry.value, path));
    }

    /// Notes all that the expressions in a part of the configuration refer to.
    fn refer(&mut self, node: &Node, path: &[SmolStr]) {
        match &node.kind {
            Kind::Array(array) => array.items.iter().for_each(|item| self.refer(item, path)),
            Kind::Object(object) => {
                object.entries.iter().for_each(|entry| match (entry.key.as_str(), entry.value.as_array()) {
                    ("references", Some(names)) => {
                        names.items.iter().filter_map(Node::as_str).for_each(|name| self.note(name, path));
                    }
                    ("constant_value", _) => {}
                    _ => self.refer(&entry.value, path),
                });
            }
            _ => {}
        }
    }

    fn note(&mut self, reference: &str, path: &[SmolStr]) {
        match Reference::parse(reference) {
            Some(Reference::Local(_)) => self.hides = true,
            Some(Reference::Resource(resource, _)) => {
                self.found.insert(Code(path.to_vec(), resource));
            }
            _ => {}
        }
    }
}

/// Whether there may be no instance of a resource or a module.
fn may_be_none(block: &Node) -> bool {
    ["count_expression", "for_each_expression"].iter().any(|key| block.get(key).is_some())
}
