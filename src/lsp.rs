//! The editor server: the engine behind the Language Server Protocol.
//!
//! State changes are applied in wire order by [`ordered`], before any handler runs; handlers only answer. One task
//! analyses the newest state and publishes, so that nothing a client does or leaves undone can hold the reading up.

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, InitializeParams,
    InitializeResult, InitializedParams, OneOf, Registration, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use tower_lsp::{Client, LanguageServer, LspService, Server};

mod analysis;
mod convert;
mod ordered;
mod position;
mod state;

use ordered::Ordered;
use position::Encoding;
use state::Shared;

/// Files whose changes on disk may change findings.
const WATCHED: &[&str] = &["**/*.tf", "**/*.tfvars", "**/*.json", "**/*.tftpl", "**/*.tpl", "**/.gitignore"];

/// Serves an editor over standard input and output until it says `exit` or goes away.
pub async fn serve() {
    serve_on(tokio::io::stdin(), tokio::io::stdout()).await;
}

/// Serves an editor over two streams.
pub async fn serve_on<I: AsyncRead + Unpin, O: AsyncWrite>(input: I, output: O) {
    let shared = Shared::default();
    let (service, socket) = LspService::new(|client| Backend { client, shared: shared.clone() });
    let client = service.inner().client.clone();
    let analysis = tokio::spawn(analysis::run(shared.clone(), client));
    let serving =
        Server::new(input, output, socket).serve(Ordered { inner: service, shared: shared.clone() });
    // The server waits until all it has to say is read, which a client that has gone never does.
    tokio::select! {
        () = serving => {}
        () = shared.left() => {}
    }
    analysis.abort();
}

struct Backend {
    client: Client,
    shared: Shared,
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = Encoding::negotiate(&params);
        self.shared.change(|state| state.begin(&params, encoding));
        Ok(InitializeResult {
            capabilities: capabilities(encoding),
            server_info: Some(ServerInfo {
                name: "ecslint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.shared.read(|state| state.can_register_watchers) {
            let client = self.client.clone();
            // Without the answer there is nothing to do but go on: changes on disk are seen at the next edit.
            tokio::spawn(async move { client.register_capability(vec![watchers()]).await.ok() });
        }
        self.shared.change(|_| {});
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}

fn watchers() -> Registration {
    let watcher =
        |glob: &&str| FileSystemWatcher { glob_pattern: GlobPattern::String((*glob).to_owned()), kind: None };
    let options =
        DidChangeWatchedFilesRegistrationOptions { watchers: WATCHED.iter().map(watcher).collect() };
    Registration {
        id: "ecslint-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}
