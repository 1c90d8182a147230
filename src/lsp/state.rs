//! The client's state: its workspace folders and its open files.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use tokio::sync::{Notify, watch};
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, InitializeParams,
    TextDocumentContentChangeEvent, TextDocumentItem, Uri,
};

use crate::lsp::client::ClientFeatures;
use crate::lsp::position::Encoding;
use crate::lsp::run::Run;

/// The state, with a counter that increases with every change.
#[derive(Clone)]
pub(super) struct Shared(Arc<Inner>);

/// Checks a state, given the previous run.
pub(super) type AnalyzeFn = fn(&State, Option<&Run>) -> Run;

struct Inner {
    state: Mutex<State>,
    generation: watch::Sender<u64>,
    latest: Mutex<Option<(u64, Arc<Run>)>>,
    engine: AnalyzeFn,
    progress: AtomicI32,
    exit: Notify,
}

/// A snapshot of the state. Cloning it shares the texts.
#[derive(Clone, Default)]
pub(super) struct State {
    /// The workspace folders.
    pub roots: Vec<PathBuf>,
    /// The unit of positions.
    pub encoding: Encoding,
    /// The open files, by path.
    pub open: BTreeMap<PathBuf, Document>,
    /// Increases with every event that may change which files exist or what they contain on disk.
    pub disk: u64,
    /// The client's capabilities.
    pub client: ClientFeatures,
    /// The client's process ID.
    pub process: Option<u32>,
    /// Whether the client has sent `shutdown`.
    pub is_shut_down: bool,
}

/// An open file.
#[derive(Clone)]
pub(super) struct Document {
    /// Its URI, as the client spells it.
    pub uri: Uri,
    /// The document version.
    pub version: i32,
    /// Its text.
    pub text: Arc<str>,
}

impl Shared {
    /// The initial state; `engine` checks a state.
    pub(super) fn new(engine: AnalyzeFn) -> Shared {
        Shared(Arc::new(Inner {
            state: Mutex::default(),
            generation: watch::Sender::new(0),
            latest: Mutex::default(),
            engine,
            progress: AtomicI32::new(0),
            exit: Notify::new(),
        }))
    }

    /// Changes the state and triggers an analysis.
    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        self.note(change);
        self.0.generation.send_modify(|generation| *generation += 1);
    }

    /// Changes the state without triggering an analysis, for changes that do not affect findings.
    pub(super) fn note(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Reads the state.
    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The state and its counter. The counter is never newer than the state, so a state is never considered newer than
    /// it is.
    pub(super) fn snapshot(&self) -> (u64, State) {
        let generation = *self.0.generation.borrow();
        (generation, self.read(State::clone))
    }

    /// The function that checks a state.
    pub(super) fn engine(&self) -> AnalyzeFn {
        self.0.engine
    }

    /// The latest run, with the counter of its state.
    pub(super) fn latest(&self) -> MutexGuard<'_, Option<(u64, Arc<Run>)>> {
        self.0.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new progress token; `None` if the client does not show progress.
    pub(super) fn progress_number(&self) -> Option<i32> {
        let shows = self.read(|state| state.client.shows_progress);
        shows.then(|| self.0.progress.fetch_add(1, Ordering::Relaxed))
    }

    /// Records that the client has sent `exit` or has disconnected.
    pub(super) fn leave(&self) {
        self.0.exit.notify_one();
    }

    /// Waits until the client sends `exit` or disconnects.
    pub(super) async fn left(&self) {
        self.0.exit.notified().await;
    }

    /// Subscribes to changes.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.0.generation.subscribe()
    }
}

impl State {
    /// Sets what the client announces in `initialize`.
    pub(super) fn begin(&mut self, params: &InitializeParams, encoding: Encoding) {
        self.encoding = encoding;
        let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
        self.roots = folders.filter_map(path).collect();
        #[expect(deprecated, reason = "older clients have no workspace folders")]
        if self.roots.is_empty() {
            self.roots.extend(params.root_uri.as_ref().and_then(path));
        }
        self.disk += 1;
        self.client = ClientFeatures::of(params);
        self.process = params.process_id;
    }

    pub(super) fn change_folders(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let removed: Vec<PathBuf> =
            params.event.removed.iter().filter_map(|folder| path(&folder.uri)).collect();
        self.disk += 1;
        self.roots.retain(|root| !removed.contains(root));
        self.roots.extend(params.event.added.iter().filter_map(|folder| path(&folder.uri)));
    }

    pub(super) fn open(&mut self, item: TextDocumentItem) {
        if let Some(path) = path(&item.uri) {
            self.disk += 1;
            self.open.insert(path, Document { uri: item.uri, version: item.version, text: item.text.into() });
        }
    }

    pub(super) fn edit(&mut self, params: &DidChangeTextDocumentParams) {
        let encoding = self.encoding;
        let Some(document) = path(&params.text_document.uri).and_then(|path| self.open.get_mut(&path)) else {
            return;
        };
        document.version = params.text_document.version;
        document.text = edited(&document.text, &params.content_changes, encoding);
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        if let Some(path) = path(uri) {
            self.disk += 1;
            self.open.remove(&path);
        }
    }
}

/// A text after some changes, one after the other.
fn edited(text: &str, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> Arc<str> {
    // The last change of the whole text makes those before it irrelevant.
    let (whole, changes) = match changes.iter().rposition(|change| change.range.is_none()) {
        Some(at) => (changes[at].text.as_str(), &changes[at + 1..]),
        None => (text, changes),
    };
    if changes.is_empty() {
        return whole.into();
    }
    let mut rope = Rope::from_str(whole);
    for change in changes {
        let Some(range) = change.range else { continue };
        let start = encoding.character(&rope, range.start);
        let end = encoding.character(&rope, range.end).max(start);
        rope.remove(start..end);
        rope.insert(start, &change.text);
    }
    rope.to_string().into()
}

/// The path of a URI; `None` if it is not a file, such as one side of a diff (`git:/…`).
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.as_str().starts_with("file:");
    uri.to_file_path().filter(|_| is_file).map(std::borrow::Cow::into_owned)
}
