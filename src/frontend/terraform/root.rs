//! Converts an evaluated root module to a unit.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::address::UnitId;
use crate::frontend::cache::indexed;
use crate::frontend::limit;
use crate::frontend::terraform::alternatives::{Evaluation, Inputs};
use crate::frontend::terraform::evaluated::is_ecs;
use crate::frontend::terraform::scenarios::Scenarios;
use crate::frontend::terraform::{TRAITS, convert, declared, opaque};
use crate::panic_guard;
use crate::resource::{Content, Failure, ModuleCall, Unit, UnreadCall};
use crate::source::{FileId, Sources};
use crate::syntax::SyntaxError;
use crate::syntax::hcl::Block;
use crate::terraform::{self, Backends, Configuration, Directories, Directory, Texts};
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
    let mut evaluation = Evaluation {
        sources,
        directories,
        root,
        wanted,
        inputs: Inputs::default(),
        unfollowed: BTreeSet::new(),
    };
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
    let unread_calls: Vec<UnreadCall> = configuration.unread_calls().iter().map(unread_call).collect();
    if wanted == Wanted::Ecs && !has_ecs && !declares_ecs(root) && !configuration.reached_limit() {
        return unread(configuration, root, unread_calls);
    }
    let mut unit = Unit::new(configuration.unit(), &TRAITS);
    unit.files = configuration.files();
    unit.unread_calls = unread_calls;
    unit.is_complete = unit.unread_calls.is_empty();
    unit.uncertain_defaults = configuration.uncertain_defaults();
    unit.regions = configuration.regions();
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
    unit.opaque_refs = opaque::collect(configuration).into_iter().collect();
    if configuration.reached_limit()
        || configuration.modules().any(|(.., directory)| directory.errors.iter().any(SyntaxError::is_limit))
    {
        limit::mark_incomplete(&mut unit);
    }
    Some(unit)
}

/// The unit of a root module without ECS resources: empty, but not ignored, if a module that cannot be read creates some.
fn unread(configuration: &Configuration, root: &Directory, calls: Vec<UnreadCall>) -> Option<Unit> {
    let mut unit = Unit::new(configuration.unit(), &TRAITS);
    unit.unread_calls = calls.into_iter().filter(|call| call.content == Content::Ecs).collect();
    let is_calling = |file: &FileId| unit.unread_calls.iter().any(|call| call.at.file == *file);
    unit.files = root.bodies.iter().map(|(file, _)| *file).filter(is_calling).collect();
    unit.is_complete = false;
    (!unit.files.is_empty()).then_some(unit)
}

/// A call, with what its source says about the module.
fn unread_call(call: &terraform::UnreadCall) -> UnreadCall {
    let source = call.source.as_deref().unwrap_or_default();
    let mut words = source.split(|c: char| !c.is_ascii_alphanumeric());
    let content = match () {
        () if call.has_model => Content::Modelled,
        () if words.any(|word| ["ecs", "fargate"].contains(&word)) => Content::Ecs,
        () => Content::Unknown,
    };
    UnreadCall { at: call.at, content }
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
