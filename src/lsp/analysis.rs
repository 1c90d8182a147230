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

/// Analyses after every change. What was found is published only while nothing has changed since, and of a file that is
/// not open only what the client was not told before.
pub(super) async fn run(shared: Shared, client: Client) {
    let mut changes = shared.changes();
    let mut told: BTreeMap<PathBuf, (Uri, Vec<Diagnostic>)> = BTreeMap::new();
    while changes.changed().await.is_ok() {
        let state = shared.read(State::clone);
        let Ok(found) = tokio::task::spawn_blocking(move || analyse(&state)).await else { continue };
        for (path, news) in news(&told, found) {
            if changes.has_changed().unwrap_or(true) {
                break;
            }
            told.insert(path, (news.uri.clone(), news.diagnostics.clone()));
            client.publish_diagnostics(news.uri, news.diagnostics, news.version).await;
        }
        told.retain(|_, (_, diagnostics)| !diagnostics.is_empty());
    }
}

/// What the client is to be told: that a file has no findings any more, or which it has.
fn news(
    told: &BTreeMap<PathBuf, (Uri, Vec<Diagnostic>)>,
    found: BTreeMap<PathBuf, Published>,
) -> Vec<(PathBuf, Published)> {
    let gone = told.iter().filter(|(path, _)| !found.contains_key(*path));
    let cleared = |(path, (uri, _)): (&PathBuf, &(Uri, Vec<Diagnostic>))| {
        (path.clone(), Published { uri: uri.clone(), version: None, diagnostics: Vec::new() })
    };
    let mut news: Vec<(PathBuf, Published)> = gone.map(cleared).collect();
    news.extend(found.into_iter().filter(|(path, published)| {
        let known = told.get(path).is_some_and(|(_, diagnostics)| *diagnostics == published.diagnostics);
        published.version.is_some() || !known
    }));
    news
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
    let outside =
        |path: &&PathBuf| walk::may_be_ours(path) && !state.roots.iter().any(|root| path.starts_with(root));
    for path in state.open.keys().filter(outside) {
        walk::collect_beside(&mut sources, path);
    }
    open.into_iter().for_each(|file| sources.ask(file, Asked::Found));
    sources
}
