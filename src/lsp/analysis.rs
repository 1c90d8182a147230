//! Checks the newest state, and tells the client what was found in every file, also in those that are not open.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, Uri};

use crate::check;
use crate::config::Config;
use crate::lsp::convert::Converter;
use crate::lsp::state::{Shared, State};
use crate::sources::{Asked, Sources};
use crate::walk;

/// What is to be published of one file.
struct Published {
    uri: Uri,
    version: Option<i32>,
    diagnostics: Vec<Diagnostic>,
}

/// Analyses after every change. What was found is published only if nothing has changed since.
pub(super) async fn run(shared: Shared, client: Client) {
    let mut changes = shared.changes();
    let mut shown: BTreeMap<PathBuf, Uri> = BTreeMap::new();
    while changes.changed().await.is_ok() {
        let state = shared.read(State::clone);
        let Ok(found) = tokio::task::spawn_blocking(move || analyse(&state)).await else { continue };
        if changes.has_changed().unwrap_or(true) {
            continue;
        }
        let cleared: Vec<Uri> =
            shown.iter().filter(|(path, _)| !found.contains_key(*path)).map(|(_, uri)| uri.clone()).collect();
        shown = found.iter().map(|(path, published)| (path.clone(), published.uri.clone())).collect();
        for uri in cleared {
            client.publish_diagnostics(uri, Vec::new(), None).await;
        }
        for Published { uri, version, diagnostics } in found.into_values() {
            client.publish_diagnostics(uri, diagnostics, version).await;
        }
    }
}

/// Checks the workspace with the open files laid over it. Every open file is among the answers.
fn analyse(state: &State) -> BTreeMap<PathBuf, Published> {
    let sources = sources(state);
    let outcome = check(&sources, &Config::default());
    let converter = Converter { state, sources: &sources };
    let mut found: BTreeMap<PathBuf, Published> = BTreeMap::new();
    for (path, document) in &state.open {
        let (uri, version) = (document.uri.clone(), Some(document.version));
        found.insert(path.clone(), Published { uri, version, diagnostics: Vec::new() });
    }
    for diagnostic in &outcome.diagnostics {
        let Some(uri) = converter.uri(diagnostic.span.file) else { continue };
        let path = sources.get(diagnostic.span.file).path.clone();
        let published =
            found.entry(path).or_insert(Published { uri, version: None, diagnostics: Vec::new() });
        published.diagnostics.push(converter.diagnostic(diagnostic));
    }
    found
}

fn sources(state: &State) -> Sources {
    let base = state.roots.first().cloned().unwrap_or_else(|| PathBuf::from("/"));
    let mut sources = Sources::new(base);
    let open: Vec<_> =
        state.open.iter().map(|(path, document)| sources.add(path, document.text.clone())).collect();
    walk::collect(&mut sources, &state.roots);
    for path in state.open.keys().filter(|path| !state.roots.iter().any(|root| path.starts_with(root))) {
        walk::collect_beside(&mut sources, path);
    }
    open.into_iter().for_each(|file| sources.ask(file, Asked::Found));
    sources
}
