//! The units that Terragrunt generates from a stack.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::syntax::hcl::Block;
use crate::terragrunt::file::{self, Values};
use crate::terragrunt::reader::{Reader, Repository};
use crate::terragrunt::scope::Scope;
use crate::terragrunt::unit;
use crate::terragrunt::{STACK, UNIT};
use crate::value::{Node, NodeKind};

/// The directory in which Terragrunt generates units.
pub(super) const GENERATED: &str = ".terragrunt-stack";

/// The most units of one stack that are read.
const MAX_UNITS: usize = 200;

/// The deepest stack in stacks that is read.
const MAX_DEPTH: usize = 8;

/// The place of a unit or a stack, and the values that a stack gives to it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its directory, which does not exist if a stack generates it.
    pub directory: PathBuf,
    /// The file that describes it.
    pub file: PathBuf,
    /// `values`, if a stack generates it.
    pub values: Option<Node>,
    /// Whether a stack generates it.
    pub is_generated: bool,
}

impl Place {
    /// A unit that is not generated.
    pub(super) fn of_file(file: &Path) -> Option<Place> {
        let directory = file.parent()?.to_owned();
        Some(Place { directory, file: file.to_owned(), values: None, is_generated: false })
    }
}

/// The units of some stacks, including those of the stacks in them. A stack that is the source of another one is not a stack itself.
pub(super) fn units<'s>(repository: &Repository, stacks: impl IntoIterator<Item = &'s Path>) -> Vec<Place> {
    let own = stacks.into_iter().filter_map(Place::of_file);
    let read: Vec<(PathBuf, Generated)> =
        own.map(|stack| (stack.file.clone(), generated(repository, &stack, MAX_DEPTH))).collect();
    let sources: BTreeSet<PathBuf> =
        read.iter().flat_map(|(_, generated)| generated.stacks.iter().cloned()).collect();
    let own = read.into_iter().filter(|(file, _)| !sources.contains(file));
    own.flat_map(|(_, generated)| generated.units).collect()
}

/// What Terragrunt generates from a stack.
#[derive(Debug, Default)]
struct Generated {
    units: Vec<Place>,
    /// The files that describe the stacks in it.
    stacks: Vec<PathBuf>,
}

/// What Terragrunt generates from a stack, and from the stacks in it up to a depth.
fn generated(repository: &Repository, stack: &Place, depth: usize) -> Generated {
    let reader = Reader::new(repository, &stack.directory);
    let names = stack.values.iter().map(|values| ("values", values.clone())).collect();
    let scope = Scope { names, ..Scope::new(&reader) };
    let Some(file) = reader.file(&stack.file) else { return Generated::default() };
    let blocks: Vec<&Block> = file::body(&file).into_iter().flat_map(|body| &body.blocks).collect();
    let of_kind = |kind: &'static str| blocks.iter().filter(move |block| block.kind == kind);
    let places = |kind: &'static str, name: &str| -> Vec<Place> {
        let blocks = of_kind(kind).take(MAX_UNITS);
        file::within(&scope, &file, |values| blocks.filter_map(|block| place(values, block, name)).collect())
    };
    let mut all = Generated { units: places("unit", UNIT), stacks: Vec::new() };
    let mut is_limit = ["unit", "stack"].into_iter().any(|kind| of_kind(kind).nth(MAX_UNITS).is_some());
    if depth == 0 {
        if let Some(block) = of_kind("stack").next() {
            let message = format!(
                "stacks of Terragrunt are nested more than {MAX_DEPTH} levels deep; this one is not read"
            );
            repository.limit(block.at, message);
        }
        return all;
    }
    for inner in places("stack", STACK) {
        let Generated { units, stacks } = generated(repository, &inner, depth - 1);
        all.units.extend(units);
        all.stacks.extend(stacks);
        all.stacks.push(inner.file);
        is_limit |= all.units.len() > MAX_UNITS;
        all.units.truncate(MAX_UNITS);
    }
    if let Some(block) = blocks.first().filter(|_| is_limit) {
        let message =
            format!("this stack of Terragrunt has more than {MAX_UNITS} units; the rest is not read");
        repository.limit(block.at, message);
    }
    all
}

/// The place of a unit or of a stack that a block describes, with a file of that name.
fn place(values: &Values, block: &Block, name: &str) -> Option<Place> {
    let text = |name: &str| values.of(&block.body, name).and_then(|value| value.as_str().map(str::to_owned));
    let source = unit::local_path(&text("source")?).map(|source| values.scope.path(&source))?;
    let is_direct = values.of(&block.body, "no_dot_terragrunt_stack");
    let folder = match is_direct.as_ref().map(|value| &value.kind) {
        None | Some(NodeKind::Bool(false)) => GENERATED,
        Some(NodeKind::Bool(true)) => ".",
        Some(_) => return None,
    };
    Some(Place {
        directory: values.scope.path(&format!("{folder}/{}", text("path")?)),
        file: source.join(name),
        values: values.of(&block.body, "values"),
        is_generated: true,
    })
}
