//! What the client can do, as far as it matters here.

use tower_lsp::ls_types::{ClientCapabilities, InitializeParams, ResourceOperationKind};

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one capability of the protocol")]
pub(super) struct ClientFeatures {
    /// It lets a server ask for file changes.
    pub watches_files: bool,
    /// It asks for findings, which are then not pushed.
    pub pulls: bool,
    /// It can be told to ask for findings again.
    pub refreshes_diagnostics: bool,
    /// It takes edits with the versions of the files they were made for.
    pub versioned_edits: bool,
    /// It takes edits that create files.
    pub creates_files: bool,
    /// It shows progress that a server begins.
    pub shows_progress: bool,
    /// It opens pages when asked.
    pub shows_documents: bool,
}

impl ClientFeatures {
    /// What the client says of itself.
    pub(super) fn of(params: &InitializeParams) -> ClientFeatures {
        let of = |what: fn(&ClientCapabilities) -> Option<bool>| what(&params.capabilities) == Some(true);
        ClientFeatures {
            watches_files: of(|client| {
                client.workspace.as_ref()?.did_change_watched_files.as_ref()?.dynamic_registration
            }),
            pulls: params.capabilities.text_document.as_ref().is_some_and(|text| text.diagnostic.is_some()),
            refreshes_diagnostics: of(|client| {
                client.workspace.as_ref()?.diagnostics.as_ref()?.refresh_support
            }),
            versioned_edits: of(|client| {
                client.workspace.as_ref()?.workspace_edit.as_ref()?.document_changes
            }),
            creates_files: of(|client| {
                let edit = client.workspace.as_ref()?.workspace_edit.as_ref()?;
                let operations = edit.resource_operations.as_ref()?;
                Some(edit.document_changes? && operations.contains(&ResourceOperationKind::Create))
            }),
            shows_progress: of(|client| client.window.as_ref()?.work_done_progress),
            shows_documents: of(|client| Some(client.window.as_ref()?.show_document.as_ref()?.support)),
        }
    }
}
