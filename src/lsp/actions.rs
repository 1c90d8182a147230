//! Code actions: the fix of a finding, the names that are possible in place of a wrong one, all safe fixes of a file, suppressing a
//! finding, and showing the page of its rule.

use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Range,
};

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::lsp::accept::accept;
use crate::lsp::completion;
use crate::lsp::edits::workspace_edit;
use crate::lsp::run::Run;
use crate::source::{FileId, Span};

/// The command that opens a rule's page. Its argument is the rule's name.
pub(super) const EXPLAIN: &str = "ecslint.explain";

/// The kind of the action that applies all safe fixes of a file.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.ecslint");

/// The actions for findings that touch a range.
pub(super) fn actions(run: &Run, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
    let file = run.file(&params.text_document.uri)?;
    let asked = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|only| is_within(kind, only)))
    };
    let mut actions = Vec::new();
    if asked(&CodeActionKind::QUICKFIX) {
        let touching = run.outcome.diagnostics.iter().filter(|found| found.span.file == file);
        let touching: Vec<&Diagnostic> =
            touching.filter(|found| touches(run.range(found.span), params.range)).collect();
        actions.extend(touching.iter().filter_map(|found| quick_fix(run, found)));
        actions.extend(touching.iter().flat_map(|found| replacements(run, found)));
        actions.extend(touching.iter().filter_map(|found| accept(run, found)));
        if run.state.client.shows_documents {
            actions.extend(touching.iter().map(|found| explain(run, found)));
        }
    }
    if asked(&FIX_ALL) {
        actions.extend(fix_all(run, file));
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// Whether a kind is the requested one or a kind below it: `source.fixAll.ecslint` is a `source`.
fn is_within(kind: &CodeActionKind, asked: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
}

fn touches(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn quick_fix(run: &Run, found: &Diagnostic) -> Option<CodeAction> {
    let Fix { title, safety, edits } = found.fix.as_ref()?;
    Some(CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![run.converter().diagnostic(found)]),
        edit: Some(workspace_edit(run, edits.iter().map(|edit| (edit.span, edit.text.as_str())))?),
        is_preferred: Some(*safety == Safety::Safe),
        ..CodeAction::default()
    })
}

/// The most replacements of one value.
const MAX_REPLACEMENTS: usize = 8;

/// One action for each name or word that is possible in place of a wrong value, except the one that its fix writes.
fn replacements(run: &Run, found: &Diagnostic) -> Vec<CodeAction> {
    let Some((range, texts)) = completion::replacements(run, found.span) else { return Vec::new() };
    let edits = || found.fix.iter().flat_map(|fix| &fix.edits);
    let others =
        texts.into_iter().filter(|(name, _)| edits().all(|edit| edit.text.trim_matches('"') != name));
    let now = run.shown(run.sources.text(range));
    let action = |(name, text): (String, String)| {
        Some(CodeAction {
            title: format!("Replace `{now}` with `{name}`"),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![run.converter().diagnostic(found)]),
            edit: Some(workspace_edit(run, [(range, text.as_str())].into_iter())?),
            ..CodeAction::default()
        })
    };
    others.take(MAX_REPLACEMENTS).filter_map(action).collect()
}

fn explain(run: &Run, found: &Diagnostic) -> CodeAction {
    let title = format!("Show documentation for {}", found.rule);
    CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![run.converter().diagnostic(found)]),
        command: Some(Command {
            title,
            command: EXPLAIN.to_owned(),
            arguments: Some(vec![found.rule.into()]),
        }),
        ..CodeAction::default()
    }
}

/// All safe fixes of a file at once. If two fixes touch the same bytes, only the first one is applied.
fn fix_all(run: &Run, file: FileId) -> Option<CodeAction> {
    let safe = run.outcome.diagnostics.iter().filter_map(|found| found.fix.as_ref());
    let safe = safe.filter(|fix| fix.safety == Safety::Safe);
    let mut taken: Vec<(Span, &str)> = Vec::new();
    for fix in safe.filter(|fix| fix.edits.iter().all(|edit| edit.span.file == file)) {
        let is_free =
            |span: Span| taken.iter().all(|(taken, _)| span.end < taken.start || taken.end < span.start);
        if fix.edits.iter().all(|edit| is_free(edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())));
        }
    }
    if taken.is_empty() {
        return None;
    }
    Some(CodeAction {
        title: "Fix all auto-fixable ecslint problems".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(run, taken.into_iter())?),
        ..CodeAction::default()
    })
}
