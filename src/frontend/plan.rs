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

    fn words(&self) -> &'static [&'static str] {
        &["planned_values", "resource_changes"]
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
    let root = plan.get("configuration").and_then(|all| all.get("root_module"));
    let mut walk = Walk {
        root,
        planned: addresses().map(Code::of).collect(),
        found: FxHashSet::default(),
        followed: FxHashSet::default(),
        hides: false,
        is_whole: root.is_some(),
    };
    if let Some(module) = root {
        module.get("outputs").into_iter().for_each(|outputs| walk.refer(outputs, &[]));
        walk.module(module, &[]);
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

struct Walk<'p> {
    /// The configuration of the root module.
    root: Option<&'p Node>,
    /// The planned resources.
    planned: FxHashSet<Code>,
    found: FxHashSet<Code>,
    /// The variables and outputs that were followed, each with the path of the module that refers to it.
    followed: FxHashSet<(Vec<SmolStr>, String)>,
    /// Whether something is referenced by a name that the plan does not resolve.
    hides: bool,
    /// Whether the plan contains all configured resources.
    is_whole: bool,
}

impl<'p> Walk<'p> {
    /// Visits the resources of a module and of the modules that it calls. Its variables and outputs are followed from where they are
    /// used.
    fn module(&mut self, module: &'p Node, path: &[SmolStr]) {
        let resources = module.get("resources").and_then(Node::as_array);
        resources.into_iter().flat_map(|all| &all.items).for_each(|one| self.resource(one, path));
        let calls = module.get("module_calls").and_then(Node::as_object);
        for call in calls.into_iter().flat_map(|calls| &calls.entries) {
            let before = self.is_whole;
            match call.value.get("module") {
                Some(inner) => self.module(inner, &[path, std::slice::from_ref(&call.key)].concat()),
                // What is not known can use its arguments in any way.
                None => call.value.get("expressions").into_iter().for_each(|given| self.refer(given, path)),
            }
            if may_be_none(&call.value) {
                self.is_whole = before;
            }
        }
    }

    fn resource(&mut self, resource: &'p Node, path: &[SmolStr]) {
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
    fn refer(&mut self, node: &'p Node, path: &[SmolStr]) {
        match &node.kind {
            NodeKind::Array(array) => array.items.iter().for_each(|item| self.refer(item, path)),
            NodeKind::Object(object) => {
                object.entries.iter().for_each(|entry| match (entry.key.as_str(), entry.value.as_array()) {
                    ("references", Some(names)) => self.note_all(&names.items, path),
                    ("constant_value", _) => {}
                    _ => self.refer(&entry.value, path),
                });
            }
            _ => {}
        }
    }

    /// Records the references of one expression. After an attribute, a plan also names the object that has it.
    fn note_all(&mut self, references: &'p [Node], path: &[SmolStr]) {
        let mut before = "";
        for reference in references.iter().filter_map(Node::as_str) {
            let is_owner = before.strip_prefix(reference).is_some_and(|rest| rest.starts_with(['.', '[']));
            if !is_owner {
                self.note(reference, path);
            }
            before = reference;
        }
    }

    fn note(&mut self, reference: &str, path: &[SmolStr]) {
        match Reference::parse(reference) {
            Some(Reference::Local(_)) => self.hides = true,
            Some(Reference::Resource(resource, _)) => {
                self.found.insert(Code(path.to_vec(), resource));
            }
            Some(Reference::Variable(_) | Reference::Module(..))
                if !self.followed.insert((path.to_vec(), reference.to_owned())) => {}
            Some(Reference::Variable(name)) => {
                let Some((call, around)) = path.split_last() else { return };
                let call = self.at(around).and_then(|module| module.get("module_calls")?.get(call));
                let given = call.and_then(|call| call.get("expressions")?.get(&name));
                given.into_iter().for_each(|given| self.refer(given, around));
            }
            Some(Reference::Module(call, output)) => {
                let inner = [path, &[call]].concat();
                let outputs = self.at(&inner).and_then(|module| module.get("outputs"));
                let meant = match output {
                    Some(output) => outputs.and_then(|outputs| outputs.get(&output)),
                    None => outputs,
                };
                meant.into_iter().for_each(|meant| self.refer(meant, &inner));
            }
            None => {}
        }
    }

    /// The configuration of the module at a path of call names.
    fn at(&self, path: &[SmolStr]) -> Option<&'p Node> {
        path.iter().try_fold(self.root?, |module, name| module.get("module_calls")?.get(name)?.get("module"))
    }
}

/// Returns `true` if a resource or a module may have no instances.
fn may_be_none(block: &Node) -> bool {
    ["count_expression", "for_each_expression"].iter().any(|key| block.get(key).is_some())
}
