//! A unit, and the values that it gives to its module.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};

use crate::address::UnitId;
use crate::source::{FileId, Span};
use crate::syntax::hcl::{Attribute, Block, Expr, ExprKind};
use crate::terraform::{Directories, Directory, is_terraform};
use crate::terragrunt::file::File;
use crate::terragrunt::merge;
use crate::value::{More, Node, NodeKind, Unknown};

/// A unit: a directory from which Terragrunt applies a module.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The identity of its module's resources.
    pub id: UnitId,
    /// Its directory.
    pub path: PathBuf,
    /// The directory of the file that describes it, whose files Terragrunt copies to the module.
    pub copied: PathBuf,
    /// Its name among the units of the same module.
    pub name: SmolStr,
    /// The module that it applies.
    pub module: Module,
    /// The variables that it sets, as an object, which is open if it may set others.
    pub inputs: Node,
    /// The variables that it sets with precedence over the module's own `.tfvars` files.
    pub passed: Option<Node>,
    /// The files that describe it.
    pub files: Vec<FileId>,
    /// Whether Terragrunt leaves it out.
    pub is_skipped: bool,
    /// Whether the module is applied without additional files.
    pub is_complete: bool,
    /// The units whose resources its values refer to.
    pub external: Vec<UnitId>,
}

/// The module of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Module {
    /// A directory.
    Local(PathBuf),
    /// A source that is not read or not known, with its place.
    Remote(Span),
}

impl Unit {
    /// The values of the variables of its module.
    pub fn variables(&self, module: &Directory) -> Vec<Attribute> {
        let automatic: FxHashSet<&str> = module
            .variables
            .iter()
            .flat_map(|(_, body)| &body.attributes)
            .map(|value| value.name.as_str())
            .collect();
        let variables = module.blocks().filter(|block| block.kind == "variable");
        let value = |block: &Block| {
            let name = block.labels.first()?;
            let passed = self.passed.as_ref().and_then(|passed| passed.entry(name));
            let input = || self.inputs.entry(name).filter(|_| !automatic.contains(name.as_str()));
            let (at, value) = match (passed, input()) {
                (Some(passed), _) => (passed.key_at, passed.value.clone()),
                _ if self.passed.as_ref().is_some_and(is_open) => (self.inputs.at, self.unknown(name)),
                (None, Some(input)) => (input.key_at, from_environment(&input.value, block)?),
                _ if is_open(&self.inputs) && !automatic.contains(name.as_str()) => {
                    (self.inputs.at, self.unknown(name))
                }
                _ => return None,
            };
            let value = Expr { at: value.at, kind: ExprKind::Value(Box::new(value)) };
            Some(Attribute { name: name.clone(), name_at: at, value })
        };
        variables.filter_map(value).collect()
    }

    fn unknown(&self, name: &str) -> Node {
        Node::unknown(Unknown::Reference(format_smolstr!("var.{name}")), self.inputs.at)
    }
}

fn is_open(object: &Node) -> bool {
    object.as_object().is_none_or(|object| object.more == More::Maybe)
}

/// A value that Terraform reads from an environment variable: a string, unless the variable has a type. `None` for `null`, which
/// is not passed.
fn from_environment(value: &Node, variable: &Block) -> Option<Node> {
    let has_type = variable.body.attribute("type").is_some();
    Some(match &value.kind {
        NodeKind::Null => return None,
        NodeKind::Number(text) if !has_type => Node { kind: NodeKind::String(text.clone()), ..value.clone() },
        NodeKind::Bool(flag) if !has_type => {
            Node { kind: NodeKind::String(if *flag { "true" } else { "false" }.into()), ..value.clone() }
        }
        NodeKind::Array(_) | NodeKind::Object(_) if !has_type => {
            Node::unknown(Unknown::Expression("a JSON text".into()), value.at)
        }
        _ => value.clone(),
    })
}

/// The module that a file names; `None` if there is no such module.
pub(super) fn module(directories: &Directories, unit: &Path, file: &File) -> Option<Module> {
    let local = |path: &Path| directories.get(path).map(|module| Module::Local(module.path.clone()));
    let Some(source) = &file.source else { return local(unit) };
    let Some(text) = source.as_str() else { return Some(Module::Remote(source.at)) };
    match local_path(text) {
        Some(path) => local(&unit.join(path)),
        None => Some(Module::Remote(source.at)),
    }
}

/// The path that a source is; `None` for other sources.
pub(super) fn local_path(source: &str) -> Option<String> {
    let path = source.split('?').next().unwrap_or_default();
    (!is_remote(source)).then(|| path.replace("//", "/"))
}

/// Returns `true` if a source is not a path.
fn is_remote(source: &str) -> bool {
    let host = source.split('/').next().unwrap_or_default();
    let is_host = host.contains('.') && !host.trim_matches('.').is_empty();
    source.contains("::") || source.contains("://") || source.starts_with("git@") || is_host
}

/// All variables that a file sets.
pub(super) fn inputs(file: &File) -> Node {
    match &file.inputs {
        Some(inputs) if inputs.as_object().is_some() => inputs.clone(),
        Some(unknown) => merge::open_at(unknown.at),
        None => Node::object(Vec::new(), file.at),
    }
}

/// Returns `true` if a directory has Terraform files.
pub(super) fn has_code(entries: &[PathBuf]) -> bool {
    entries.iter().any(|path| is_terraform(path))
}
