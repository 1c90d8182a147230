//! Terraform configurations, evaluated as far as the files tell: directories of `.tf` files to resources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::node::{Node, Unknown};
use crate::project::Problem;
use crate::sources::Sources;
use crate::span::{FileId, Span};
use crate::syntax::hcl::{self, Block, Body, ExprKind};

mod eval;
mod functions;
mod module;
mod resource;
mod template;

pub(crate) use functions::parse_json;
pub use module::{Defaults, Module};

/// A resource or data source as its provider would be given it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// `aws_ecs_service.web`, or `data.aws_subnets.private`; no instance key.
    pub address: SmolStr,
    /// Its type, `aws_ecs_service`.
    pub kind: SmolStr,
    /// Its arguments and blocks; each kind of block is a list of objects.
    pub body: Node,
    /// The arguments that `lifecycle.ignore_changes` names; `all` for all of them.
    pub ignored: Vec<SmolStr>,
    /// What to point at where an argument is missing: the block's first words.
    pub header: Span,
}

/// A directory of `.tf` files.
#[derive(Debug, Default)]
pub struct Directory {
    /// What its files hold, in the order of their names.
    pub bodies: Vec<(FileId, Body)>,
    /// What could not be read of them.
    pub problems: Vec<Problem>,
}

/// The directories of the `.tf` files among the inputs, each read in full.
pub fn directories(sources: &Sources) -> BTreeMap<PathBuf, Directory> {
    let mut directories: BTreeMap<PathBuf, Directory> = BTreeMap::new();
    for file in terraform_files(sources) {
        let source = sources.get(file);
        let Some(parent) = source.path.parent() else { continue };
        let parsed = hcl::parse(file, &source.text);
        let directory = directories.entry(parent.to_owned()).or_default();
        directory.bodies.push((file, parsed.body));
        directory.problems.extend(parsed.problems);
    }
    directories
}

fn terraform_files(sources: &Sources) -> Vec<FileId> {
    let inputs = sources.inputs().iter().map(|input| input.file);
    let mut files: Vec<FileId> = inputs.filter(|file| is_terraform(&sources.get(*file).path)).collect();
    files.sort_by(|a, b| sources.get(*a).path.cmp(&sources.get(*b).path));
    files
}

/// Whether Terraform would read the file, by its name.
pub fn is_terraform(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "tf")
}

impl Directory {
    /// Whether anything in it concerns ECS: a resource of ECS, or a module that may reach one.
    pub fn concerns_ecs(&self) -> bool {
        self.blocks().any(|block| match (block.kind.as_str(), block.labels.first()) {
            ("resource", Some(kind)) => kind.starts_with("aws_ecs_"),
            _ => false,
        })
    }

    /// The directories that its module calls name by a relative path.
    pub fn called(&self, from: &Path) -> Vec<PathBuf> {
        let calls = self.blocks().filter(|block| block.kind == "module");
        let sources = calls.filter_map(|call| call.body.attribute("source"));
        let local = sources.filter_map(|attribute| match &attribute.value.kind {
            ExprKind::String(path) if path.starts_with('.') => Some(from.join(path.as_str())),
            _ => None,
        });
        local.collect()
    }

    /// Its top-level blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.bodies.iter().flat_map(|(_, body)| &body.blocks)
    }
}

/// An unknown that stands for an expression that is not evaluated.
pub(crate) fn not_evaluated(sources: &Sources, at: Span) -> Node {
    let text = sources.text(at);
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    Node::unknown(Unknown::Expression(short.into()), at)
}
