//! Units: what is read as a whole, such as a root module with all modules that it calls, a plan, or a file.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::address::{Address, ModulePath, UnitId};
use crate::panic_guard::Panic;
use crate::resource::{Resource, Traits};
use crate::source::{FileId, Span};
use crate::syntax::SyntaxError;
use crate::value::{Entry, Node, Secret};

/// Everything read from one unit, as plain data.
#[derive(Debug)]
pub struct Unit {
    /// Its unique id.
    pub id: UnitId,
    /// How its requests are sent to AWS.
    pub traits: &'static Traits,
    /// Its resources, in the order of its files.
    pub resources: Vec<Resource>,
    /// The files with ECS content, and the files that were rejected.
    pub files: Vec<FileId>,
    /// The directory of a single file, used to match a service with the nearest task definition; `None` for a root
    /// module.
    pub directory: Option<PathBuf>,
    /// The syntax errors in its files.
    pub syntax_errors: Vec<SyntaxError>,
    /// The errors in ecslint's own configuration.
    pub config_errors: Vec<SyntaxError>,
    /// The errors that the language reports during evaluation.
    pub rejections: Vec<SyntaxError>,
    /// The arguments and blocks that the tool's provider does not support.
    pub unknown_arguments: Vec<UnknownArgument>,
    /// The arguments and blocks that the tool's provider requires and that are not there.
    pub missing_arguments: Vec<MissingArgument>,
    /// The blocks of the resources that unsupported places refer to.
    pub opaque_refs: FxHashSet<Address>,
    /// The module calls.
    pub module_calls: Vec<ModuleCall>,
    /// The calls of modules that cannot be read, which may create anything.
    pub unread_calls: Vec<UnreadCall>,
    /// The files with ECS resources that do not exist with any values of the files' parameters.
    pub excluded: Vec<FileId>,
    /// The values in files next to it that set variables which it does not declare.
    pub foreign_values: Vec<Span>,
    /// The unknown values that select others, and whose alternatives are not evaluated, because there are too many.
    pub unfollowed: BTreeSet<SmolStr>,
    /// The places of default values that an unknown caller may override.
    pub uncertain_defaults: Vec<Span>,
    /// Whether the files define every resource that exists.
    pub is_complete: bool,
    /// The Regions in which the resources of its modules are created, if the files set them.
    pub regions: Vec<(ModulePath, Node)>,
    /// The parts that were cut from requests that are too large; these bytes are unknown.
    pub truncated: Vec<Span>,
    /// The secrets that its language marks, even if no resource uses them; `None` if there are too many.
    pub secrets: Option<Vec<Secret>>,
    /// The operations that a panic ended early.
    pub failures: Vec<Failure>,
}

impl Unit {
    /// Creates an empty unit.
    pub fn new(id: UnitId, traits: &'static Traits) -> Unit {
        Unit {
            id,
            traits,
            resources: Vec::new(),
            files: Vec::new(),
            directory: None,
            syntax_errors: Vec::new(),
            config_errors: Vec::new(),
            rejections: Vec::new(),
            unknown_arguments: Vec::new(),
            missing_arguments: Vec::new(),
            opaque_refs: FxHashSet::default(),
            module_calls: Vec::new(),
            unread_calls: Vec::new(),
            excluded: Vec::new(),
            foreign_values: Vec::new(),
            unfollowed: BTreeSet::new(),
            uncertain_defaults: Vec::new(),
            is_complete: true,
            regions: Vec::new(),
            truncated: Vec::new(),
            secrets: Some(Vec::new()),
            failures: Vec::new(),
        }
    }

    /// Adds the files and the secrets of the same unit with other values.
    pub fn add_inputs(&mut self, other: &Unit) {
        let new: Vec<FileId> =
            other.files.iter().filter(|file| !self.files.contains(file)).copied().collect();
        self.files.extend(new);
        self.secrets = self.secrets.take().zip(other.secrets.as_ref()).map(|(mut all, more)| {
            all.extend(more.iter().cloned());
            all.sort_unstable();
            all.dedup();
            all
        });
    }

    /// A place for findings about the whole unit.
    pub fn place(&self) -> Span {
        let resources = self.resources.iter().map(|resource| resource.header);
        let errors = self.syntax_errors.iter().chain(&self.rejections).map(|error| error.span);
        let files = self.files.iter().map(|file| Span::new(*file, 0, 0));
        resources.chain(errors).chain(files).next().unwrap_or_else(|| Span::new(FileId(0), 0, 0))
    }
}

/// An argument or block that the tool's provider does not support.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownArgument {
    /// The argument or block.
    pub entry: Entry,
    /// The resource type or block that contains it.
    pub owner: SmolStr,
    /// The supported names that are not used there yet.
    pub free: Arc<[&'static str]>,
    /// The only block of the same object that supports the name; `None` if there are none or several.
    pub block: Option<&'static str>,
    /// Whether the resource itself supports the name.
    pub is_outside: bool,
    /// Where it belongs outside of this resource: "the `aws_ecs_service` resource".
    pub home: Option<String>,
    /// What decides which names are supported.
    pub supported_by: SupportedBy,
    /// Set if the newest major version, which the configuration requires, does not have it any more.
    pub removal: Option<Removal>,
}

/// What decides which arguments a resource can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SupportedBy {
    /// Terraform's AWS provider, with its newest known version.
    Provider(&'static str),
    /// CloudFormation's schemas of resource types.
    CloudFormation,
}

/// Why an argument that the tool's provider once had is not supported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removal {
    /// The place where the configuration requires the version.
    pub required_at: Span,
    /// What replaces it; `None` if nothing does.
    pub instead: Option<&'static str>,
}

/// An argument or block that the tool's provider requires and that is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingArgument {
    /// Its name.
    pub name: &'static str,
    /// The resource type or block that lacks it.
    pub owner: SmolStr,
    /// The header of the resource or block.
    pub at: Span,
    /// Whether it is a block.
    pub is_block: bool,
    /// The program that requires it.
    pub required_by: &'static str,
}

/// A module call, in every instance of the calling module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleCall {
    /// The calls that lead to the called module; the last one, which is this call, has no key.
    pub path: ModulePath,
    /// The whole block.
    pub at: Span,
}

/// A call of a module that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadCall {
    /// The header of the call.
    pub at: Span,
    /// What is known about the module.
    pub content: Content,
}

/// What is known about a module that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A model describes its resources.
    Modelled,
    /// Its source says that it creates ECS resources.
    Ecs,
    /// Nothing.
    Unknown,
}

/// An operation that a panic ended early.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The operation: "reading this file".
    pub what: &'static str,
    /// The place that was being processed.
    pub at: Span,
    /// The panic.
    pub panic: Panic,
}

impl Failure {
    /// A failure to read a file to its end.
    pub fn of_file(file: FileId, panic: Panic) -> Failure {
        Failure { what: "reading this file", at: Span::new(file, 0, 0), panic }
    }
}
