//! The client capabilities that the server uses.

use tower_lsp::ls_types::{ClientCapabilities, InitializeParams, ResourceOperationKind};

use crate::lsp::topology::SHOW_TOPOLOGY;

/// Client capabilities.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one capability of the protocol")]
pub(super) struct ClientFeatures {
    /// The client can register file watchers (`workspace/didChangeWatchedFiles`).
    pub watches_files: bool,
    /// The client pulls diagnostics, so they are not pushed.
    pub pulls: bool,
    /// The client can be asked to pull diagnostics again (`workspace/diagnostic/refresh`).
    pub refreshes_diagnostics: bool,
    /// The client supports edits for specific versions of files (`documentChanges`).
    pub versioned_edits: bool,
    /// The client supports edits that create files.
    pub creates_files: bool,
    /// The client shows progress that the server starts (`window/workDoneProgress/create`).
    pub shows_progress: bool,
    /// The client can open documents (`window/showDocument`).
    pub shows_documents: bool,
    /// The client can show the picture of the workspace (`experimental.commands`, as rust-analyzer defines it).
    pub shows_topology: bool,
}

impl ClientFeatures {
    /// Reads the capabilities that the client announces.
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
            shows_topology: of(|client| {
                let commands = client.experimental.as_ref()?.get("commands")?.get("commands")?.as_array()?;
                Some(commands.iter().any(|command| command == SHOW_TOPOLOGY))
            }),
        }
    }
}
