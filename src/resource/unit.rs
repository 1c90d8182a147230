//! What is read as one: a root module with all that it calls, a plan, a file.

use std::path::PathBuf;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::address::{Address, ModuleAddress, ModulePath, UnitId};
use crate::panic_guard::Panic;
use crate::resource::{Resource, Traits};
use crate::source::{FileId, Span};
use crate::syntax::SyntaxError;
use crate::value::{Entry, Node};

/// Everything that was read from one unit, as plain data.
#[derive(Debug)]
pub struct Unit {
    /// What other units know it by.
    pub id: UnitId,
    /// How its requests reach AWS.
    pub traits: &'static Traits,
    /// Its resources, in the order of its files.
    pub resources: Vec<Resource>,
    /// The files that something of ECS was read from, or that were refused.
    pub files: Vec<FileId>,
    /// The directory of a single file, for pairing a service with the nearest task definition; `None` for a root module.
    pub directory: Option<PathBuf>,
    /// The mistakes in how its files are written.
    pub syntax_errors: Vec<SyntaxError>,
    /// The mistakes in the configuration of ecslint itself.
    pub config_errors: Vec<SyntaxError>,
    /// What the language rejects when the files are evaluated.
    pub rejections: Vec<SyntaxError>,
    /// The arguments and blocks that the tool's provider does not have.
    pub unknown_arguments: Vec<UnknownArgument>,
    /// What is referred to in places that are not understood.
    pub opaque_refs: Vec<Address>,
    /// The calls of modules.
    pub module_calls: Vec<ModuleCall>,
    /// Where modules are called that cannot be read, which may make anything.
    pub unread_calls: Vec<Span>,
    /// Whether the files tell every resource that there is.
    pub is_complete: bool,
    /// The regions that the resources of its modules are made in, where a file says which they are.
    pub regions: Vec<(ModulePath, Node)>,
    /// The modules that cannot be read, and that certainly make a VPC.
    pub vpc_modules: Vec<ModuleAddress>,
    /// What was left out of requests that are too large; nothing is known of these bytes.
    pub truncated: Vec<Span>,
    /// The work that a panic has ended early.
    pub failures: Vec<Failure>,
}

impl Unit {
    /// A unit with nothing in it yet.
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
            opaque_refs: Vec::new(),
            module_calls: Vec::new(),
            unread_calls: Vec::new(),
            is_complete: true,
            regions: Vec::new(),
            vpc_modules: Vec::new(),
            truncated: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// A place in it, for what is about all of it.
    pub fn place(&self) -> Span {
        let resources = self.resources.iter().map(|resource| resource.header);
        let errors = self.syntax_errors.iter().chain(&self.rejections).map(|error| error.span);
        let files = self.files.iter().map(|file| Span::new(*file, 0, 0));
        resources.chain(errors).chain(files).next().unwrap_or_else(|| Span::new(FileId(0), 0, 0))
    }
}

/// An argument or block that the tool's provider does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownArgument {
    /// The argument or block.
    pub entry: Entry,
    /// The resource type or the block that it stands in.
    pub owner: SmolStr,
    /// What could be written there, and is not yet.
    pub free: Arc<[&'static str]>,
    /// The block of the same object that has one of its name, if only one has.
    pub block: Option<&'static str>,
    /// Whether the resource itself has one of its name.
    pub is_outside: bool,
    /// The newest version of the provider whose names are known.
    pub version: &'static str,
}

/// A call of a module, in every instance of the module that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleCall {
    /// The calls that lead to what is in it; the last one, which this is, has no key.
    pub path: ModulePath,
    /// All of the block.
    pub at: Span,
}

/// Work that a panic has ended early.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What it was: "reading this file".
    pub what: &'static str,
    /// Where.
    pub at: Span,
    /// The panic.
    pub panic: Panic,
}

impl Failure {
    /// A file could not be read to its end.
    pub fn of_file(file: FileId, panic: Panic) -> Failure {
        Failure { what: "reading this file", at: Span::new(file, 0, 0), panic }
    }
}
