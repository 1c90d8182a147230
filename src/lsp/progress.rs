//! Shows that work is going on, where it takes long and the client can show it.

use std::future::Future;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;
use tower_lsp::Client;
use tower_lsp::ls_types::{NumberOrString, ProgressToken};

use crate::lsp::state::Shared;

/// Waits for some work; if it takes longer than `long`, the client shows so meanwhile.
pub(super) async fn shown<T>(
    shared: &Shared,
    client: &Client,
    long: Duration,
    work: impl Future<Output = T>,
) -> T {
    let mut work = std::pin::pin!(work);
    if let Ok(done) = timeout(long, &mut work).await {
        return done;
    }
    let (end, ended) = oneshot::channel();
    if let Some(number) = shared.progress_number() {
        // The client is to answer first, which may take for ever; the work does not wait for it.
        tokio::spawn(show(client.clone(), ProgressToken::from(number), ended));
    }
    let done = work.await;
    // Nobody listens where the client cannot show it.
    let _ = end.send(());
    done
}

async fn show(client: Client, token: NumberOrString, ended: oneshot::Receiver<()>) {
    if client.create_work_done_progress(token.clone()).await.is_err() {
        return;
    }
    let progress = client.progress(token, "ecslint").with_message("checking the workspace").begin().await;
    // The sender goes only once the work has ended, one way or the other.
    let _ = ended.await;
    progress.finish().await;
}
