//! Applies state changes in the order in which they are received, and answers malformed messages.
//!
//! tower-lsp runs up to four handlers concurrently, so a change that waits could be overtaken by the next one. The
//! service's `call`, however, runs once per message and in order. State is changed there, before the handler runs.

use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use serde::de::DeserializeOwned;
use tower::Service;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams,
};

use crate::lsp::frames;
use crate::lsp::state::Shared;

/// A service that applies state changes in wire order.
pub(super) struct Ordered<S> {
    /// The service that answers.
    pub inner: S,
    /// The state.
    pub shared: Shared,
}

impl<S> Service<Request> for Ordered<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if let Some(refusal) = frames::refusal(&request) {
            return Box::pin(ready(Ok(Some(refusal))));
        }
        apply(&self.shared, &request);
        Box::pin(self.inner.call(request))
    }
}

fn apply(shared: &Shared, request: &Request) {
    match request.method() {
        "textDocument/didOpen" => {
            if let Some(params) = params::<DidOpenTextDocumentParams>(request) {
                shared.change(|state| state.open(params.text_document));
            }
        }
        "textDocument/didChange" => {
            if let Some(params) = params::<DidChangeTextDocumentParams>(request) {
                shared.change(|state| state.edit(&params));
            }
        }
        "textDocument/didClose" => {
            if let Some(params) = params::<DidCloseTextDocumentParams>(request) {
                shared.change(|state| state.close(&params.text_document.uri));
            }
        }
        "workspace/didChangeWorkspaceFolders" => {
            if let Some(params) = params::<DidChangeWorkspaceFoldersParams>(request) {
                shared.change(|state| state.change_folders(&params));
            }
        }
        "workspace/didChangeWatchedFiles" | "textDocument/didSave" => shared.change(|state| state.disk += 1),
        "shutdown" => shared.note(|state| state.is_shut_down = true),
        "exit" => shared.leave(),
        _ => {}
    }
}

fn params<P: DeserializeOwned>(request: &Request) -> Option<P> {
    serde_json::from_value(request.params()?.clone()).ok()
}
