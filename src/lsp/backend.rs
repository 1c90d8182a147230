//! The requests of the protocol. Each is answered by the module with the same name.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams,
    DocumentLink, DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location,
    PrepareRenameResponse, ReferenceParams, RenameParams, SelectionRange, SelectionRangeParams, ServerInfo,
    ShowDocumentParams, TextDocumentPositionParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::{Client, LanguageServer};

use crate::engine::request_for_report;
use crate::lsp::position::Encoding;
use crate::lsp::run::Run;
use crate::lsp::state::Shared;
use crate::lsp::{
    actions, capabilities, completion, folding, hints, hover, links, navigation, parent, pull, rename,
    symbols, topology,
};
use crate::rules;

/// The protocol's error code for a request that failed.
const REQUEST_FAILED: i64 = -32803;

/// The request handlers.
pub(super) struct Backend {
    pub client: Client,
    pub shared: Shared,
}

impl Backend {
    /// Answers from a run over the newest state.
    async fn ask<T: Send + 'static>(&self, answer: impl FnOnce(&Run) -> T + Send + 'static) -> Result<T> {
        self.shared.ask(|run| answer(run)).await.map_err(|panic| {
            let mut error = Error::internal_error();
            error.message = request_for_report(&panic).into();
            error
        })
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = Encoding::negotiate(&params);
        self.shared.change(|state| state.begin(&params, encoding));
        let (shared, process) = (self.shared.clone(), params.process_id);
        tokio::spawn(async move {
            parent::gone(process).await;
            shared.leave();
        });
        Ok(InitializeResult {
            capabilities: self.shared.read(|state| capabilities::offered(encoding, state.client)),
            server_info: Some(ServerInfo {
                name: "ecslint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.shared.read(|state| state.client.watches_files) {
            let client = self.client.clone();
            // Without the registration, changes on disk are only noticed at the next edit.
            tokio::spawn(
                async move { client.register_capability(vec![capabilities::watchers()]).await.ok() },
            );
        }
        self.shared.change(|_| {});
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        Ok(self.ask(move |run| pull::document(run, &params)).await?.into())
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let items = self.ask(|run| pull::workspace(run, params)).await?;
        Ok(WorkspaceDiagnosticReport { items }.into())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask(move |run| actions::actions(run, &params)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let argument = params.arguments.into_iter().next();
        if params.command == topology::GRAPH {
            let at: Option<TextDocumentPositionParams> =
                argument.and_then(|argument| serde_json::from_value(argument).ok());
            return self.ask(move |run| topology::page(run, at.as_ref())).await.map(Some);
        }
        let rule = argument.as_ref().and_then(|name| rules::find(name.as_str()?));
        match (params.command.as_str(), rule.and_then(|rule| rule.url().parse().ok())) {
            (actions::EXPLAIN, Some(uri)) => {
                let (client, external) = (self.client.clone(), Some(true));
                let params = ShowDocumentParams { uri, external, take_focus: Some(true), selection: None };
                // No handler may wait for the client, because the client may be waiting for this answer before it
                // reads on.
                tokio::spawn(async move { client.show_document(params).await.ok() });
                Ok(None)
            }
            _ => Err(Error::invalid_params("unknown command or rule")),
        }
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        Ok(self.ask(move |run| navigation::definition(run, &at)).await?.map(GotoDefinitionResponse::Array))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.ask(move |run| navigation::references(run, &params)).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.ask(move |run| navigation::highlights(run, &params.text_document_position_params)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let symbols = self.ask(move |run| symbols::of_file(run, &params.text_document)).await?;
        Ok(symbols.map(DocumentSymbolResponse::Nested))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let symbols = self.ask(move |run| symbols::of_workspace(run, &params.query)).await?;
        Ok(Some(WorkspaceSymbolResponse::Nested(symbols)))
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(move |run| links::links(run, &params.text_document)).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(move |run| folding::folds(run, &params.text_document)).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.ask(move |run| folding::selections(run, params)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(move |run| topology::lenses(run, &params.text_document)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(move |run| hints::hints(run, &params)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.ask(move |run| hover::hover(run, &params.text_document_position_params)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let items = self.ask(move |run| completion::complete(run, &params)).await?;
        Ok(items.map(CompletionResponse::Array))
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.ask(move |run| rename::prepare(run, &at)).await?.map_err(refused)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.ask(move |run| rename::rename(run, &params)).await?.map_err(refused)
    }
}

/// A valid request that cannot be fulfilled; the editor shows the reason.
fn refused(why: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: why.into(), data: None }
}
