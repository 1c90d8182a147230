//! Terraform plans: their resources, and references to resources from the rest of the plan's configuration.

use std::path::Path;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::address::{Address, Reference, ResourceName, UnitId};
use crate::frontend::terraform::mapping::{self, Mapped};
use crate::frontend::terraform::opaque::{PARTIAL_TYPES, PASSIVE_TYPES};
use crate::frontend::terraform::{TRAITS as TERRAFORM, convert};
use crate::frontend::{Claim, FrontEnd, ReadContext};
use crate::resource::{Traits, Unit};
use crate::source::{Input, Requested, Sources};
use crate::syntax::json;
use crate::terraform::plan;
use crate::value::{Mapped as MappedText, Node, NodeKind};

/// The output of `terraform show -json` for a plan.
#[derive(Debug)]
pub(super) struct Plan;

/// A plan is deployed in the same way as its configuration.
static TRAITS: Traits = Traits { is_generated: true, ..TERRAFORM };

impl FrontEnd for Plan {
    fn name(&self) -> &'static str {
        "plan"
    }

    fn claims(&self, path: &Path) -> Claim {
        Claim::of_json(path)
    }

    fn read(&self, context: &mut ReadContext) {
        context.read_files(self.name(), read);
    }
}

/// Reads a file if it is a plan.
fn read(sources: &Sources, Input { file, requested }: Input) -> Option<Unit> {
    let source = sources.get(file);
    let text = &source.text;
    if !text.contains("\"planned_values\"")
        || (requested == Requested::Discovered && !text.contains("\"aws_ecs_"))
    {
        return None;
    }
    let mut parsed = json::parse(&MappedText::file(file, text));
    let root = &plan::marked(parsed.root.filter(plan::is_plan)?);
    let mut unit = Unit::new(UnitId::new(file), &TRAITS);
    for resource in plan::resources(root, unit.id, &mut parsed.errors) {
        let converted = convert::convert(resource, sources, &mut unit);
        unit.resources.extend(converted);
    }
    // JSON within the strings of a plan is not a text that a person can edit, so the plan has no files of its own.
    unit.files.clear();
    unit.syntax_errors.clear();
    if unit.resources.is_empty() {
        return None;
    }
    unit.files.push(file);
    unit.syntax_errors = parsed.errors;
    let mut secrets = Vec::new();
    root.collect_secrets(&mut secrets);
    unit.secrets = Some(secrets);
    collect_opaque_refs(root, &mut unit);
    Some(unit)
}

/// Records the planned resources that the configuration refers to in unsupported places; if these references cannot be
/// resolved, all of them. A plan does not contain locals, and it may cover only some resources.
fn collect_opaque_refs(plan: &Node, unit: &mut Unit) {
    let addresses = || unit.resources.iter().filter_map(|resource| resource.address.as_deref());
    let mut walk = Walk {
        planned: addresses().map(Code::of).collect(),
        found: FxHashSet::default(),
        hides: false,
        is_whole: true,
    };
    match plan.get("configuration").and_then(|all| all.get("root_module")) {
        Some(module) => walk.module(module, &[]),
        None => walk.is_whole = false,
    }
    let is_told = walk.is_whole && !walk.hides;
    let is_opaque = |address: &&Address| !is_told || walk.found.contains(&Code::of(address));
    let opaque = addresses().filter(is_opaque).map(Address::block).collect();
    unit.opaque_refs = opaque;
    unit.is_complete = walk.is_whole;
}

/// A resource in the code, which may have several instances: the names of the calls that lead to its module, and its
/// own name.
#[derive(PartialEq, Eq, Hash)]
struct Code(Vec<SmolStr>, ResourceName);

impl Code {
    fn of(address: &Address) -> Code {
        Code(address.module.names().cloned().collect(), address.resource.clone())
    }
}

struct Walk {
    /// The planned resources.
    planned: FxHashSet<Code>,
    found: FxHashSet<Code>,
    /// Whether something is referenced by a name that the plan does not resolve.
    hides: bool,
    /// Whether the plan contains all configured resources.
    is_whole: bool,
}

impl Walk {
    fn module(&mut self, module: &Node, path: &[SmolStr]) {
        let resources = module.get("resources").and_then(Node::as_array);
        resources.into_iter().flat_map(|all| &all.items).for_each(|one| self.resource(one, path));
        module.get("outputs").into_iter().for_each(|outputs| self.refer(outputs, path));
        let calls = module.get("module_calls").and_then(Node::as_object);
        for call in calls.into_iter().flat_map(|calls| &calls.entries) {
            // A module can use its arguments in any way.
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
        let name = ResourceName::managed(kind, text("name"));
        let known = mapping::mapped(&name).filter(|_| is_managed);
        let is_planned = self.planned.contains(&Code(path.to_vec(), name));
        self.is_whole &= known.is_none() || is_planned || may_be_none(resource);
        let is_known = |name: &str| match known {
            Some(Mapped { mapping, .. }) if PARTIAL_TYPES.contains(&kind) => {
                mapping.iter().any(|(known, ..)| *known == name)
            }
            Some(_) => true,
            None => PASSIVE_TYPES.contains(&kind),
        };
        let expressions = resource.get("expressions").and_then(Node::as_object);
        let told = expressions.into_iter().flat_map(|all| &all.entries).filter(|entry| !is_known(&entry.key));
        told.for_each(|entry| self.refer(&entry.value, path));
    }

    /// Records all references of the expressions in a part of the configuration.
    fn refer(&mut self, node: &Node, path: &[SmolStr]) {
        match &node.kind {
            NodeKind::Array(array) => array.items.iter().for_each(|item| self.refer(item, path)),
            NodeKind::Object(object) => {
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

/// Returns `true` if a resource or a module may have no instances.
fn may_be_none(block: &Node) -> bool {
    ["count_expression", "for_each_expression"].iter().any(|key| block.get(key).is_some())
}
