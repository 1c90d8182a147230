//! What the client has told: its folders, and the files it has open.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, watch};
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, InitializeParams, TextDocumentItem, Uri,
};

use crate::lsp::position::Encoding;
use crate::span::LineIndex;

/// The state, and a count that grows with every change of it.
#[derive(Clone)]
pub(super) struct Shared {
    state: Arc<Mutex<State>>,
    generation: Arc<watch::Sender<u64>>,
    exit: Arc<Notify>,
}

/// What is known at one time. Cloning shares the texts.
#[derive(Clone, Default)]
pub(super) struct State {
    /// The workspace folders.
    pub roots: Vec<PathBuf>,
    /// How positions count.
    pub encoding: Encoding,
    /// The open files, by path.
    pub open: BTreeMap<PathBuf, Document>,
    /// Whether the client lets a server ask for file changes.
    pub can_register_watchers: bool,
}

/// An open file.
#[derive(Clone)]
pub(super) struct Document {
    /// Its name as the client spells it.
    pub uri: Uri,
    /// The client's count of its edits.
    pub version: i32,
    /// Its text.
    pub text: Arc<str>,
}

impl Default for Shared {
    fn default() -> Shared {
        Shared { state: Arc::default(), generation: Arc::new(watch::Sender::new(0)), exit: Arc::default() }
    }
}

impl Shared {
    /// Changes the state and wakes the analysis.
    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.generation.send_modify(|generation| *generation += 1);
    }

    /// Looks at the state.
    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that the client has said `exit`.
    pub(super) fn leave(&self) {
        self.exit.notify_one();
    }

    /// Waits until the client says `exit`.
    pub(super) async fn left(&self) {
        self.exit.notified().await;
    }

    /// Tells of changes.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }
}

impl State {
    /// Takes what the client says of itself.
    pub(super) fn begin(&mut self, params: &InitializeParams, encoding: Encoding) {
        self.encoding = encoding;
        let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
        self.roots = folders.filter_map(path).collect();
        #[expect(deprecated, reason = "older clients have no workspace folders")]
        if self.roots.is_empty() {
            self.roots.extend(params.root_uri.as_ref().and_then(path));
        }
        let workspace = params.capabilities.workspace.as_ref();
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        self.can_register_watchers =
            watching.and_then(|watching| watching.dynamic_registration) == Some(true);
    }

    pub(super) fn change_folders(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let removed: Vec<PathBuf> =
            params.event.removed.iter().filter_map(|folder| path(&folder.uri)).collect();
        self.roots.retain(|root| !removed.contains(root));
        self.roots.extend(params.event.added.iter().filter_map(|folder| path(&folder.uri)));
    }

    pub(super) fn open(&mut self, item: TextDocumentItem) {
        if let Some(path) = path(&item.uri) {
            self.open.insert(path, Document { uri: item.uri, version: item.version, text: item.text.into() });
        }
    }

    pub(super) fn edit(&mut self, params: &DidChangeTextDocumentParams) {
        let encoding = self.encoding;
        let Some(document) = path(&params.text_document.uri).and_then(|path| self.open.get_mut(&path)) else {
            return;
        };
        document.version = params.text_document.version;
        for change in &params.content_changes {
            let Some(range) = change.range else {
                document.text = change.text.as_str().into();
                continue;
            };
            let lines = LineIndex::new(&document.text);
            let start = encoding.offset(&document.text, &lines, range.start);
            let end = encoding.offset(&document.text, &lines, range.end).max(start);
            let (before, after) = (&document.text[..start], &document.text[end..]);
            document.text = [before, &change.text, after].concat().into();
        }
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        if let Some(path) = path(uri) {
            self.open.remove(&path);
        }
    }
}

/// The path of a file; none for what is no file, as the other side of a diff (`git:/…`) is none.
fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.as_str().starts_with("file:");
    uri.to_file_path().filter(|_| is_file).map(std::borrow::Cow::into_owned)
}
