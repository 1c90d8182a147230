//! The module graph: maps each module call to its module. A module is added at its first use.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::address::{ModulePath, ModuleStep};
use crate::source::{Unreadable, relative};
use crate::syntax::SyntaxErrorKind;
use crate::syntax::hcl::{Block, ExprKind};
use crate::terraform::evaluation::modelled::literal;
use crate::terraform::evaluation::{expand, installed, submodule};
use crate::terraform::module::{Caller, Defaults, Instance, Module, ModuleId};
use crate::terraform::{Configuration, Directory, UnreadCall, directory};

/// The maximum depth of nested module calls.
const MAX_MODULE_DEPTH: usize = 20;

/// The maximum number of modules in one root module.
const MAX_MODULES: usize = 2_000;

impl<'d> Configuration<'d> {
    /// The module calls whose sources are not on disk.
    pub fn unread_calls(&self) -> Vec<UnreadCall> {
        let unread = self.calls().filter(|(id, call)| !self.is_read(*id, call));
        let unread = unread.map(|(_, call)| UnreadCall {
            at: call.header,
            source: literal(call, "source").map(SmolStr::from),
            has_model: self.model(call).is_some(),
        });
        unread.collect()
    }

    /// Returns `true` if the source of a module call is on disk, so that the module is read.
    pub fn is_read(&self, id: ModuleId, call: &Block) -> bool {
        call.labels.first().is_some_and(|name| self.source(id, name, call).is_some())
    }

    /// The directory of the called module: a local path, or the directory where `terraform init` installed it.
    pub(super) fn source(&self, id: ModuleId, name: &str, call: &Block) -> Option<&'d Directory> {
        let caller = &self.modules[id];
        let local = directory::local_source(call, &caller.directory.path);
        let local = local.or_else(|| self.computed_source(id, call));
        if let Some(path) = &local
            && self.directories.get(path).is_none()
        {
            self.report_absent(id, call, path);
        }
        let path = local.or_else(|| {
            let installed = self.modules.installed.get_or_init(|| installed::modules(self));
            let names: Vec<&str> = caller.path.names().map(SmolStr::as_str).chain([name]).collect();
            installed.get(&names.join(".")).cloned()
        });
        self.directories.get(&path?)
    }

    /// The directory that a call references by a path that is computed from variables and locals, which OpenTofu accepts.
    fn computed_source(&self, id: ModuleId, call: &Block) -> Option<PathBuf> {
        let source = &call.body.attribute("source")?.value;
        let is_computed = !matches!(source.kind, ExprKind::String(_));
        let nobody = Instance::default();
        let eval = self.eval(id, &nobody);
        let path = is_computed.then(|| eval.quietly(|| eval.expr(source)))?;
        let path = path.as_str().filter(|path| directory::is_local(path))?;
        Some(self.modules[id].directory.path.join(path))
    }

    /// Reports that the directory of a call does not exist, once for all calls into it, or that it cannot be read. This
    /// is a warning, because a pipeline may create the directory. An empty directory is not reported: something else
    /// fills it.
    fn report_absent(&self, id: ModuleId, call: &Block, path: &Path) {
        let is_absent = |path: &Path| {
            self.sources.load(path) == Err(Unreadable::Missing) && self.sources.list(path).is_empty()
        };
        let path = self.sources.absolute(path);
        if let Some(source) = call.body.attribute("source").filter(|_| self.sources.is_outside(&path)) {
            let name = self.sources.text(source.value.at);
            let message = format!("the module {name} was not read: {}", Unreadable::Outside);
            return self.report(id, source.value.at, &message, SyntaxErrorKind::Ignored);
        }
        let highest = path.ancestors().take_while(|path| is_absent(path)).last();
        if let (Some(source), Some(absent)) = (call.body.attribute("source"), highest)
            && self.errors.is_first_report(absent)
            && !submodule::contains(self.sources, &path)
        {
            let name = self.sources.text(source.value.at);
            let message = format!("the module directory {name} does not exist");
            self.report_missing(id, source.value.at, message, "the calling module");
        }
    }

    /// The module calls in files: for each, the calling module and the block.
    pub fn calls(&self) -> impl Iterator<Item = (ModuleId, &'d Block)> {
        let calls = |(id, _, directory): (ModuleId, _, &'d Directory)| {
            let read = (!directory.is_model()).then_some(directory).into_iter();
            read.flat_map(Directory::blocks)
                .filter(|block| block.kind == "module")
                .map(move |block| (id, block))
        };
        self.modules().flat_map(calls)
    }

    /// The calls that lead to a module.
    pub fn path(&self, id: ModuleId) -> &ModulePath {
        &self.modules[id].path
    }

    /// The module for an instance of a call; `None` if its source is not on disk and has no model.
    pub(super) fn child(
        &self,
        id: ModuleId,
        name: &SmolStr,
        block: &'d Block,
        instance: Instance,
    ) -> Option<ModuleId> {
        let caller = &self.modules[id];
        let call = ModuleStep { name: name.clone(), key: expand::key(&instance) };
        let known = caller.children.borrow().get(&call).copied();
        known.unwrap_or_else(|| {
            let child = self.called(call.clone(), Caller { module: id, block, instance });
            caller.children.borrow_mut().insert(call, child);
            child
        })
    }

    fn called(&self, call: ModuleStep, caller: Caller<'d>) -> Option<ModuleId> {
        let around = &self.modules[caller.module];
        let source = self.source(caller.module, &call.name, caller.block);
        let directory = source.or_else(|| self.model(caller.block))?;
        let limit = match () {
            () if around.path.steps().len() == MAX_MODULE_DEPTH => {
                Some(format!("module calls are nested more than {MAX_MODULE_DEPTH} levels deep"))
            }
            () if self.modules.count() >= MAX_MODULES => {
                Some(format!("this root module calls more than {MAX_MODULES} modules"))
            }
            () => None,
        };
        if let Some(limit) = limit {
            let message = format!("{limit}; this call and similar ones are not read");
            self.report_limit(caller.module, caller.block.header, &message);
            return None;
        }
        let path = around.path.child(call.name, call.key);
        let relative = relative(&self.modules[ModuleId::ROOT].directory.path, &directory.path);
        let defaults = if directory.is_model() { self.defaults_of_models } else { Defaults::Count };
        Some(self.modules.push(Module::called(directory, path, relative, caller, defaults)))
    }
}
