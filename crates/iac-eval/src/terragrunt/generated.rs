//! The Terraform files that Terragrunt writes into a module. Most configure providers and backends, which no value depends on.

use std::path::Path;

use crate::syntax::hcl::{self, Block, Body};
use crate::terraform::is_terraform;
use crate::terragrunt::file::Values;
use crate::value::{Node, NodeKind};

/// The blocks that do not add anything to a module.
const SETTINGS: &[&str] = &["provider", "terraform"];

/// Returns `true` if a file writes Terraform code that may have more than settings.
pub(super) fn adds_resources(values: &Values, body: &Body) -> bool {
    let blocks = body.blocks.iter().filter(|block| block.kind == "generate");
    let mut files = blocks.map(|block| (values.of(&block.body, "path"), values.of(&block.body, "contents")));
    let as_attribute = || {
        let all = values.of(body, "generate");
        all.is_some_and(|all| match all.as_object() {
            Some(all) => all.entries.iter().any(|entry| {
                let member = |name| entry.value.get(name);
                is_code(member("path"), member("contents"))
            }),
            None => true,
        })
    };
    files.any(|(path, contents)| is_code(path.as_ref(), contents.as_ref())) || as_attribute()
}

fn is_code(path: Option<&Node>, contents: Option<&Node>) -> bool {
    let is_other = |path: &Node| path.as_str().is_some_and(|path| !is_terraform(Path::new(path)));
    !path.is_some_and(is_other) && contents.is_some_and(has_more)
}

/// Returns `true` if a text has more than settings. An unknown part of a text is a value in it.
fn has_more(contents: &Node) -> bool {
    let text = match &contents.kind {
        NodeKind::Text(text) if text.known().is_none() => text.known_texts().collect::<Vec<_>>().join("0"),
        _ => match contents.as_str() {
            Some(text) => text.to_owned(),
            None => return true,
        },
    };
    let parsed = hcl::parse(contents.at.file, &text);
    let is_more = |block: &Block| !SETTINGS.contains(&block.kind.as_str());
    !parsed.errors.is_empty() || parsed.body.blocks.iter().any(is_more)
}
