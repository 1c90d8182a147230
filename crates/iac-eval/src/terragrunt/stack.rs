//! The units that Terragrunt generates from a stack. A stack in another one is not read.

use std::path::{Path, PathBuf};

use crate::syntax::hcl::Block;
use crate::terragrunt::UNIT;
use crate::terragrunt::file::{self, Values};
use crate::terragrunt::reader::{Reader, Repository};
use crate::terragrunt::scope::Scope;
use crate::terragrunt::unit;
use crate::value::{Node, NodeKind};

/// The directory in which Terragrunt generates units.
pub(super) const GENERATED: &str = ".terragrunt-stack";

/// The most units of one stack that are read.
const MAX_UNITS: usize = 200;

/// The place of a unit, and the values that a stack gives to it.
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

/// The units of a stack whose sources are directories.
pub(super) fn units(repository: &Repository, stack: &Path) -> Vec<Place> {
    let Some(directory) = stack.parent() else { return Vec::new() };
    let reader = Reader::new(repository, directory);
    let scope = Scope::new(&reader);
    let Some(file) = reader.file(stack) else { return Vec::new() };
    let blocks = file::body(&file).into_iter().flat_map(|body| &body.blocks);
    let blocks: Vec<&Block> = blocks.filter(|block| block.kind == "unit").take(MAX_UNITS).collect();
    file::within(&scope, &file, |values| blocks.iter().filter_map(|block| place(values, block)).collect())
}

fn place(values: &Values, block: &Block) -> Option<Place> {
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
        file: source.join(UNIT),
        values: values.of(&block.body, "values"),
        is_generated: true,
    })
}
