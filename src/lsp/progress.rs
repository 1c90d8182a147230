//! Shows progress for long work, if the client supports it.

use std::future::Future;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;
use tower_lsp::Client;
use tower_lsp::ls_types::{NumberOrString, ProgressToken};

use crate::lsp::state::Shared;

/// Waits for some work; shows progress if it takes longer than `long`.
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
        // The client must answer first, which may never happen; the work does not wait for it.
        tokio::spawn(show(client.clone(), ProgressToken::from(number), ended));
    }
    let done = work.await;
    // Fails if the client does not show progress.
    let _ = end.send(());
    done
}

async fn show(client: Client, token: NumberOrString, ended: oneshot::Receiver<()>) {
    if client.create_work_done_progress(token.clone()).await.is_err() {
        return;
    }
    let progress = client.progress(token, "ecslint").with_message("checking the workspace").begin().await;
    // The sender is dropped when the work has ended, even by a panic.
    let _ = ended.await;
    progress.finish().await;
}
