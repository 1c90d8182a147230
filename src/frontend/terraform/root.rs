//! Converts an evaluated root module to a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::address::{ModuleAddress, UnitId};
use crate::frontend::cache::indexed;
use crate::frontend::choices::Room;
use crate::frontend::limit;
use crate::frontend::terraform::alternatives::{Evaluation, Inputs};
use crate::frontend::terraform::evaluated::is_ecs;
use crate::frontend::terraform::scenarios::Scenarios;
use crate::frontend::terraform::{TRAITS, convert, declared, opaque};
use crate::panic_guard;
use crate::resource::{Failure, ModuleCall, Unit};
use crate::source::Sources;
use crate::syntax::hcl::{Block, ExprKind};
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::terraform::{Backends, Configuration, Directories, Directory, Texts};
use crate::workspace::IndexedUnit;

/// Which root modules to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// Those with ECS resources.
    Ecs,
    /// All of them.
    All,
}

/// A root module and everything that it was read from.
#[derive(Debug)]
pub(super) struct ReadRoot {
    /// The files it was read from, with their texts.
    pub texts: Texts,
    /// The backends of all root modules; `None` if no value depends on them.
    pub backends: Option<Backends>,
    /// The unit; `None` if this root module was not requested.
    pub unit: Option<Arc<IndexedUnit>>,
    /// The other root modules that its values come from.
    pub external: Vec<UnitId>,
}

/// Reads a root module and all modules that it calls.
pub(super) fn read(
    sources: &Sources,
    directories: &Directories,
    root: &Directory,
    wanted: Wanted,
    scenarios: &Scenarios,
) -> ReadRoot {
    panic_guard::catch(|| evaluated(sources, directories, root, wanted, scenarios)).unwrap_or_else(|panic| {
        let mut unit = Unit::new(root.unit(), &TRAITS);
        unit.files = root.bodies.iter().map(|(file, _)| *file).collect();
        unit.failures.push(Failure { what: "reading this root module", at: unit.place(), panic });
        let unit = Some(Arc::new(indexed(unit)));
        ReadRoot { texts: root.texts.clone(), backends: None, unit, external: Vec::new() }
    })
}

fn evaluated(
    sources: &Sources,
    directories: &Directories,
    root: &Directory,
    wanted: Wanted,
    scenarios: &Scenarios,
) -> ReadRoot {
    let mut evaluation =
        Evaluation { sources, directories, root, wanted, inputs: Inputs::default(), room: Room::default() };
    let unit = evaluation.unit(scenarios);
    let Inputs { texts, backends, external } = evaluation.inputs;
    ReadRoot { texts, backends, unit: unit.map(Arc::new), external: external.into_iter().collect() }
}

/// The unit of a root module in a scenario, if it was requested. Its secrets are added when everything else was evaluated.
pub(super) fn unit(configuration: &Configuration, root: &Directory, wanted: Wanted) -> Option<Unit> {
    let calls_modules = root.blocks().any(|block| block.kind == "module");
    if wanted == Wanted::Ecs && !declares_ecs(root) && !calls_modules {
        return None;
    }
    let resources = configuration.resources();
    let has_ecs = resources.iter().any(|resource| is_ecs(&resource.address.resource.kind));
    if wanted == Wanted::Ecs && !has_ecs && !declares_ecs(root) && !configuration.reached_limit() {
        return None;
    }
    let mut unit = Unit::new(configuration.unit(), &TRAITS);
    unit.files = configuration.files();
    unit.unread_calls = configuration.unread_calls();
    unit.is_complete = unit.unread_calls.is_empty();
    unit.uncertain_defaults = configuration.uncertain_defaults();
    unit.regions = configuration.regions();
    unit.vpc_modules = vpc_modules(configuration);
    for resource in resources {
        let converted = convert::convert(resource, configuration.sources(), &mut unit);
        unit.resources.extend(converted);
    }
    unit.resources.shrink_to_fit();
    unit.rejections.extend(configuration.errors());
    let declared = declared::check(configuration);
    unit.unknown_arguments = declared.unknown;
    unit.missing_arguments = declared.missing;
    unit.rejections.extend(declared.repeated);
    unit.module_calls = module_calls(configuration);
    unit.opaque_refs = opaque::collect(configuration);
    let is_limit = |error: &SyntaxError| error.kind == SyntaxErrorKind::Limit;
    if configuration.reached_limit()
        || configuration.modules().any(|(.., directory)| directory.errors.iter().any(is_limit))
    {
        limit::mark_incomplete(&mut unit);
    }
    Some(unit)
}

/// Returns `true` if a directory declares an ECS resource.
fn declares_ecs(directory: &Directory) -> bool {
    directory
        .blocks()
        .any(|block| block.kind == "resource" && block.labels.first().is_some_and(|kind| is_ecs(kind)))
}

/// All module calls.
fn module_calls(configuration: &Configuration) -> Vec<ModuleCall> {
    let call = |(id, block): (_, &Block)| {
        let path = configuration.path(id).child(block.labels.first()?.clone(), None);
        Some(ModuleCall { path, at: block.at })
    };
    configuration.calls().filter_map(call).collect()
}

/// The calls of the registry's VPC module that cannot be read. Excludes names that are also used for another module,
/// and calls that may not create a VPC.
fn vpc_modules(configuration: &Configuration) -> Vec<ModuleAddress> {
    let mut makes_vpc: BTreeMap<&SmolStr, bool> = BTreeMap::new();
    for (id, call) in configuration.calls() {
        let Some(name) = call.labels.first() else { continue };
        let makes = is_vpc_module(call) && !configuration.is_read(id, call);
        *makes_vpc.entry(name).or_insert(true) &= makes;
    }
    let address = |(id, call): (_, &Block)| {
        let name = call.labels.first().filter(|name| makes_vpc.get(name) == Some(&true))?;
        let path = configuration.path(id).child(name.clone(), None);
        Some(ModuleAddress { root: configuration.unit(), path })
    };
    configuration.calls().filter_map(address).collect()
}

/// Returns `true` if the call uses the registry's VPC module itself and not one of its submodules. The module creates a
/// VPC unless an argument disables it.
fn is_vpc_module(call: &Block) -> bool {
    let Some(source) = call.body.attribute("source") else { return false };
    let ExprKind::String(source) = &source.value.kind else { return false };
    let registry = ["terraform-aws-modules/vpc/aws", "registry.terraform.io/terraform-aws-modules/vpc/aws"];
    let from_git = source.contains("github.com/terraform-aws-modules/terraform-aws-vpc");
    let is_part = source.split("://").last().is_some_and(|path| path.contains("//"));
    (registry.contains(&source.as_str()) || (from_git && !is_part))
        && call.body.attribute("create_vpc").is_none()
}
