//! The editor server: the engine behind the Language Server Protocol.
//!
//! State changes are applied in wire order by `ordered`, before any handler runs; handlers only answer, from one run
//! over the newest state. One task analyses and publishes, so that nothing a client does or leaves undone can hold the
//! reading up.

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::{LspService, Server};

mod accept;
mod actions;
mod backend;
mod capabilities;
mod client;
mod code_lens;
mod completion;
mod convert;
mod edits;
mod fields;
mod folding;
mod hints;
mod hover;
mod links;
mod names;
mod navigation;
mod ordered;
mod parent;
mod position;
mod progress;
mod publish;
mod pull;
mod rename;
mod run;
mod state;
mod symbols;
mod tree;

use backend::Backend;
use ordered::Ordered;
use run::Run;
use state::Shared;

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The client had said `shutdown`.
    Requested,
    /// The client went without a word.
    Abrupt,
}

/// Serves an editor over standard input and output until it says `exit` or goes away.
pub async fn serve() -> End {
    serve_on(tokio::io::stdin(), tokio::io::stdout()).await
}

/// Serves an editor over two streams.
pub async fn serve_on<I: AsyncRead + Unpin, O: AsyncWrite>(input: I, output: O) -> End {
    serve_with(Shared::new(Run::of), input, output).await
}

async fn serve_with<I: AsyncRead + Unpin, O: AsyncWrite>(shared: Shared, input: I, output: O) -> End {
    let (service, socket) = LspService::new(|client| Backend { client, shared: shared.clone() });
    let client = service.inner().client.clone();
    let publishing = tokio::spawn(publish::run(shared.clone(), client));
    let serving =
        Server::new(input, output, socket).serve(Ordered { inner: service, shared: shared.clone() });
    // The server waits until all it has to say is read, which a client that has gone never does.
    tokio::select! {
        () = serving => {}
        () = shared.left() => {}
    }
    publishing.abort();
    if shared.read(|state| state.is_shut_down) { End::Requested } else { End::Abrupt }
}

#[cfg(test)]
mod tests;
