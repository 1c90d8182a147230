//! Publishes diagnostics: pushed by a separate task, or refreshed for clients that pull.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, MessageType, Uri};

use crate::engine::request_for_report;
use crate::lsp::progress;
use crate::lsp::run::Run;
use crate::lsp::state::Shared;

/// Time after which progress is shown.
const PROGRESS_DELAY: Duration = Duration::from_millis(500);

/// Time without a change after which the disk is checked again.
const IDLE_DELAY: Duration = Duration::from_millis(300);

/// The diagnostics of one file.
#[derive(Clone, PartialEq)]
pub(super) struct Found {
    pub uri: Uri,
    /// The version of the text, if the file is open.
    pub version: Option<i32>,
    pub diagnostics: Vec<Diagnostic>,
}

pub(super) type AllFound = BTreeMap<PathBuf, Found>;

impl Run {
    /// The diagnostics by file. Contains every open file.
    pub(super) fn found(&self) -> AllFound {
        let converter = self.converter();
        let open = self.state.open.iter().map(|(path, document)| {
            let (uri, version) = (document.uri.clone(), Some(document.version));
            (path.clone(), Found { uri, version, diagnostics: Vec::new() })
        });
        let mut all: AllFound = open.collect();
        for diagnostic in &self.outcome.diagnostics {
            let Some(uri) = converter.uri(diagnostic.span.file) else { continue };
            let path = self.sources.get(diagnostic.span.file).path.clone();
            let found = all.entry(path).or_insert(Found { uri, version: None, diagnostics: Vec::new() });
            found.diagnostics.push(converter.diagnostic(diagnostic));
        }
        all
    }
}

/// Analyzes after every change, and publishes. Results are discarded if something has changed in the meantime.
pub(super) async fn run(shared: Shared, client: Client) {
    let mut changes = shared.changes();
    let mut told = Published::default();
    let mut defect = None;
    let mut is_old = false;
    loop {
        let next =
            if is_old { timeout(IDLE_DELAY, changes.changed()).await } else { Ok(changes.changed().await) };
        is_old = false;
        match next {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => {
                shared.change(|state| state.disk += 1);
                continue;
            }
        }
        let run = progress::shown(&shared, &client, PROGRESS_DELAY, shared.run()).await;
        match run {
            _ if changes.has_changed().unwrap_or(true) => {}
            Ok(run) => {
                is_old = run.is_old();
                told.publish(&run, &client, || changes.has_changed().unwrap_or(true)).await;
            }
            Err(found) => {
                // Showing the same error after every keystroke would make the editor unusable.
                if defect.as_ref() != Some(&found) {
                    let said = format!(
                        "ecslint: internal error; the findings shown may be outdated; {}",
                        request_for_report(&found)
                    );
                    client.show_message(MessageType::ERROR, said).await;
                    defect = Some(found);
                }
            }
        }
    }
}

/// The diagnostics that the client has.
#[derive(Default)]
struct Published {
    all: AllFound,
}

impl Published {
    async fn publish(&mut self, run: &Arc<Run>, client: &Client, is_stale: impl Fn() -> bool) {
        let found = run.found();
        if run.state.client.pulls {
            self.refresh(found, run, client)
        } else {
            self.push(found, client, is_stale).await
        }
    }

    /// Publishes the diagnostics of every file in which they have changed.
    async fn push(&mut self, found: AllFound, client: &Client, is_stale: impl Fn() -> bool) {
        for (path, delta) in self.delta(found) {
            if is_stale() {
                break;
            }
            self.all.insert(path, delta.clone());
            client.publish_diagnostics(delta.uri, delta.diagnostics, delta.version).await;
        }
        self.all.retain(|_, found| !found.diagnostics.is_empty());
    }

    /// The changes to publish: files with different diagnostics, and files without any that had some.
    fn delta(&self, found: AllFound) -> Vec<(PathBuf, Found)> {
        let gone = self.all.iter().filter(|(path, _)| !found.contains_key(*path));
        let cleared = |(path, told): (&PathBuf, &Found)| {
            (path.clone(), Found { version: None, diagnostics: Vec::new(), ..told.clone() })
        };
        let mut delta: Vec<(PathBuf, Found)> = gone.map(cleared).collect();
        delta.extend(found.into_iter().filter(|(path, found)| {
            let known = self.all.get(path).is_some_and(|told| told.diagnostics == found.diagnostics);
            let is_clean = found.diagnostics.is_empty() && !self.all.contains_key(path);
            found.version.is_some() || !(known || is_clean)
        }));
        delta
    }

    /// Asks the client to pull again if diagnostics have changed in files other than those it has just edited, which
    /// it pulls anyway.
    fn refresh(&mut self, found: AllFound, run: &Run, client: &Client) {
        let is_news = |old: Option<&Found>, new: Option<&Found>| match (old, new) {
            (Some(old), Some(new)) => old.version == new.version && old.diagnostics != new.diagnostics,
            (Some(one), None) | (None, Some(one)) => !one.diagnostics.is_empty(),
            (None, None) => false,
        };
        let paths = self.all.keys().chain(found.keys());
        let any = paths.into_iter().any(|path| is_news(self.all.get(path), found.get(path)));
        self.all = found;
        if any && run.state.client.refreshes_diagnostics {
            let client = client.clone();
            // Do not wait for the answer, which the client may never send.
            tokio::spawn(async move { client.workspace_diagnostic_refresh().await.ok() });
        }
    }
}
