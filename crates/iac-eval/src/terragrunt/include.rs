//! The files that a file includes.

use smol_str::SmolStr;

use crate::syntax::hcl::Block;
use crate::terraform::Directory;
use crate::terragrunt::file::{self, File, Values};
use crate::terragrunt::merge::Strategy;
use crate::terragrunt::scope::{Included, Scope};
use crate::value::{Entry, More, Node, NodeKind, Object};

/// An included file.
#[derive(Clone, Debug)]
pub(super) struct Include {
    pub file: Included,
    pub strategy: Strategy,
    pub content: File,
}

/// The files that a file includes; `None` if one of them cannot be read. An included file cannot include others.
pub(super) fn read(scope: &Scope, main: &Directory) -> Option<Vec<Include>> {
    let blocks = file::body(main)?.blocks.iter().filter(|block| block.kind == "include");
    let blocks: Vec<&Block> = blocks.collect();
    if blocks.is_empty() {
        return Some(Vec::new());
    }
    let named = file::within(scope, main, |values| {
        blocks.iter().map(|block| named(values, block)).collect::<Option<Vec<(Included, Strategy)>>>()
    })?;
    let content = |(included, strategy): (Included, Strategy)| {
        let scope = Scope { included: vec![included.clone()], ..scope.clone() };
        let content = File::own(&scope, &*scope.reader.file(&included.path)?)?;
        Some(Include { file: included, strategy, content })
    };
    named.into_iter().map(content).collect()
}

/// The path that an `include` block names, and how the file is merged.
fn named(values: &Values, block: &Block) -> Option<(Included, Strategy)> {
    let path = values.of(&block.body, "path")?;
    let strategy = match values.of(&block.body, "merge_strategy") {
        None => Strategy::Shallow,
        Some(strategy) => match strategy.as_str() {
            Some("shallow") => Strategy::Shallow,
            Some("deep") => Strategy::Deep,
            Some("no_merge") => Strategy::Nothing,
            _ => Strategy::Unknown,
        },
    };
    let name: SmolStr = block.labels.first().cloned().unwrap_or_default();
    Some((Included { name, path: values.scope.path(path.as_str()?) }, strategy))
}

/// The value of `include`: each included file under its label, or the only one if it has no label. `None` if there are none.
pub(super) fn exposed(included: &[Include]) -> Option<Node> {
    let first = included.first()?;
    if included.len() == 1 && first.file.name.is_empty() {
        return Some(first.content.value());
    }
    let entry = |one: &Include| Entry::new(one.file.name.clone(), one.content.at, one.content.value());
    let entries = included.iter().map(entry).collect();
    let object = Object { entries, more: More::Maybe, ..Object::default() };
    Some(Node::new(NodeKind::Object(object.into()), first.content.at))
}
