//! Code lenses: above a task definition or service, the number of undecided checks and the unknown values that cause
//! them.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tower_lsp::ls_types::{CodeLens, Command, TextDocumentIdentifier};

use crate::lsp::run::Run;
use crate::lsp::tree;
use crate::model::{Kind, Resource};
use crate::rules::RULES;
use crate::source::Span;

/// Maximum number of named values.
const MAX_NAMED: usize = 3;

/// The code lenses of a file.
pub(super) fn lenses(run: &Run, document: &TextDocumentIdentifier) -> Option<Vec<CodeLens>> {
    let file = run.file(&document.uri)?;
    let ours = run.reading.workspace.resources().filter(|resource| resource.header.file == file);
    let checked = ours.filter(|resource| matches!(resource.kind, Kind::Task | Kind::Service));
    let mut lenses: Vec<CodeLens> = checked.filter_map(|resource| lens(run, resource)).collect();
    // Instances of one block can have identical lenses.
    lenses.dedup();
    Some(lenses)
}

fn lens(run: &Run, resource: &Resource) -> Option<CodeLens> {
    let places: FxHashSet<Span> = tree::places(&resource.request).into_iter().collect();
    let open = run.outcome.inconclusive.iter().filter(|inconclusive| places.contains(&inconclusive.span));
    let rules: BTreeSet<&str> = open.clone().map(|inconclusive| inconclusive.rule).collect();
    let names: BTreeSet<&str> = open.map(|inconclusive| inconclusive.name.as_str()).collect();
    if rules.is_empty() {
        return None;
    }
    let mut shown: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let more = if shown.len() > MAX_NAMED { ", …" } else { "" };
    shown.truncate(MAX_NAMED);
    let about = if shown.is_empty() { String::new() } else { format!(": {}{more}", shown.join(", ")) };
    let title = format!("{} of {} checks undecided{about}", rules.len(), RULES.len());
    // The lens has no command to run.
    let command = Some(Command { title, command: String::new(), arguments: None });
    Some(CodeLens { range: run.range(resource.header), command, data: None })
}
