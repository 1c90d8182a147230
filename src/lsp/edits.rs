//! Converts byte edits to workspace edits.

use std::collections::{BTreeMap, HashMap};

use tower_lsp::ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use crate::lsp::run::Run;
use crate::source::{FileId, Span};

/// The workspace edit for edits in any files. Edits of open files carry the document version, so that the client
/// rejects them if the text has changed. `None` if a file cannot be expressed as a URI.
pub(super) fn workspace_edit<'e>(
    run: &Run,
    edits: impl Iterator<Item = (Span, &'e str)>,
) -> Option<WorkspaceEdit> {
    let mut files: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for (span, text) in edits {
        files.entry(span.file).or_default().push(TextEdit::new(run.range(span), text.to_owned()));
    }
    if run.state.client.versioned_edits {
        let changes = files.into_iter().map(|(file, edits)| {
            let uri = run.converter().uri(file)?;
            let version = run.state.open.get(&run.sources.get(file).path).map(|document| document.version);
            let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
            let edits = edits.into_iter().map(OneOf::Left).collect();
            Some(TextDocumentEdit { text_document, edits })
        });
        let changes = DocumentChanges::Edits(changes.collect::<Option<Vec<_>>>()?);
        return Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let changes = files.into_iter().map(|(file, edits)| Some((run.converter().uri(file)?, edits)));
    let changes = changes.collect::<Option<HashMap<Uri, Vec<TextEdit>>>>()?;
    Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}
