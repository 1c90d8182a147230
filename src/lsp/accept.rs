//! Code actions that suppress a finding: by a comment in Terraform and YAML, or by an entry in `ecslint.toml`.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CreateFile, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use crate::config::{FILE_NAME, INVALID_SETTING, UNUSED_IGNORE};
use crate::diagnostic::Diagnostic;
use crate::engine::suppress::{self, Place};
use crate::frontend;
use crate::lsp::edits::workspace_edit;
use crate::lsp::run::Run;
use crate::source::Span;

/// The action that suppresses a finding. `None` for invalid settings and unused suppressions, which must be fixed.
pub(super) fn accept(run: &Run, found: &Diagnostic) -> Option<CodeAction> {
    if [INVALID_SETTING, UNUSED_IGNORE].contains(&found.rule) {
        return None;
    }
    let source = run.sources.get(found.span.file);
    let place = Place { rule: found.rule, span: found.span, path: &source.path, text: &source.text };
    let (title, edit) = if frontend::comments(&source.path).is_some() {
        (format!("Ignore {} with a comment", found.rule), by_comment(run, place)?)
    } else {
        (format!("Ignore {} in {FILE_NAME}", found.rule), by_entry(run, place)?)
    };
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![run.converter().diagnostic(found)]),
        edit: Some(edit),
        ..CodeAction::default()
    })
}

fn by_comment(run: &Run, place: Place) -> Option<WorkspaceEdit> {
    let (offset, line) = suppress::comment_for(place)?;
    workspace_edit(run, [(Span::new(place.span.file, offset, offset), line.as_str())].into_iter())
}

/// Adds the entry to the nearest settings file above, or to a new one in the workspace folder.
fn by_entry(run: &Run, place: Place) -> Option<WorkspaceEdit> {
    let mut above = place.path.ancestors().skip(1);
    let settings = above.find_map(|directory| run.sources.load(&directory.join(FILE_NAME)).ok());
    if let Some(file) = settings {
        let source = run.sources.get(file);
        let directory = source.path.parent()?;
        if !suppress::can_append(place, directory, &source.text) {
            return None;
        }
        let root = suppress::document(place);
        let entry = suppress::entry_for(place, root.as_ref(), directory, &source.text)?;
        let end = source.text.len();
        return workspace_edit(run, [(Span::new(file, end, end), entry.as_str())].into_iter());
    }
    let directory = folder(run, place.path)?;
    let root = suppress::document(place);
    let entry = suppress::entry_for(place, root.as_ref(), &directory, "")?;
    new_file(run, &directory.join(FILE_NAME), entry)
}

/// The workspace folder that contains a file, or else the directory of the file.
fn folder(run: &Run, path: &Path) -> Option<PathBuf> {
    let root = run.state.roots.iter().find(|root| path.starts_with(root));
    root.cloned().or_else(|| Some(path.parent()?.to_owned()))
}

fn new_file(run: &Run, path: &Path, text: String) -> Option<WorkspaceEdit> {
    if !run.state.client.creates_files {
        return None;
    }
    let uri = Uri::from_file_path(path)?;
    let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
    let start = Position::default();
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
        edits: vec![OneOf::Left(TextEdit::new(Range::new(start, start), text))],
    };
    let operations =
        vec![DocumentChangeOperation::Op(ResourceOp::Create(create)), DocumentChangeOperation::Edit(edit)];
    let changes = DocumentChanges::Operations(operations);
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
