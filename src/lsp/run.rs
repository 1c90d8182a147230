//! One analysis of the newest state, from which diagnostics and all answers are read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tower_lsp::ls_types::{Location, Range, TextDocumentPositionParams, Uri};

use crate::config::RunOptions;
use crate::discover;
use crate::engine::{Outcome, Reading, RuleCache, read_incremental, run_incremental};
use crate::frontend::{self, ReadCache};
use crate::inspect::{Point, Snapshot};
use crate::lsp::convert::Converter;
use crate::lsp::state::{self, Shared, State};
use crate::panic_guard::{self, Panic};
use crate::source::{FileId, Input, Requested, Sources, Span};
use crate::syntax::SyntaxError;

/// A snapshot of the workspace, including unsaved changes, and its findings.
pub(super) struct Run {
    /// The client's state.
    pub state: State,
    /// The files.
    pub sources: Sources,
    /// The units and settings.
    pub reading: Reading,
    /// The findings.
    pub outcome: Outcome,
    /// Cache of what was read from each file.
    read_cache: ReadCache,
    /// Cache of the findings.
    rule_cache: RuleCache,
    /// When the disk was last read.
    looked: Instant,
}

/// Time after which the disk is read again: if the client reports file changes, and if it does not.
const MAX_AGE: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(1)];

impl Run {
    /// Checks a state. What has not changed since the previous run is not checked again.
    pub(super) fn of(state: &State, before: Option<&Run>) -> Run {
        let same_disk = |run: &&Run| run.state.disk == state.disk;
        let (sources, looked) = match before.filter(same_disk) {
            Some(run) => {
                let text = |path: &Path| state.open.get(path).map(|document| Arc::clone(&document.text));
                (Ok(run.sources.with_texts(text)), run.looked)
            }
            None => {
                let now = sources(state);
                (before.and_then(|run| run.sources.refreshed(&now)).ok_or(now), Instant::now())
            }
        };
        // File IDs, by which the caches know files, are only valid for sources that derive from one another.
        let (sources, kept) = match sources {
            Ok(sources) => (sources, before),
            Err(sources) => (sources, None),
        };
        let (mut read_cache, mut rule_cache) =
            kept.map(|run| (run.read_cache.clone(), run.rule_cache.clone())).unwrap_or_default();
        let reading = read_incremental(&sources, &mut read_cache);
        let outcome = run_incremental(&sources, &reading, &options(&sources), &mut rule_cache);
        Run { state: state.clone(), sources, reading, outcome, read_cache, rule_cache, looked }
    }

    /// Whether the disk may have changed. If so, it is read when no request is pending.
    pub(super) fn is_old(&self) -> bool {
        let [told, untold] = MAX_AGE;
        self.looked.elapsed() >= if self.state.client.watches_files { told } else { untold }
    }

    /// The workspace as if one file had a different text. Rules do not run.
    pub(super) fn with(&self, path: &Path, text: &Arc<str>) -> Run {
        let (state, looked, rule_cache) = (self.state.clone(), self.looked, RuleCache::default());
        let sources = self.sources.with_texts(|other| (other == path).then(|| Arc::clone(text)));
        let mut read_cache = self.read_cache.clone();
        let reading = read_incremental(&sources, &mut read_cache);
        Run { state, sources, reading, outcome: Outcome::default(), read_cache, rule_cache, looked }
    }

    /// The files with what was read from them and found in them.
    pub(super) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot { sources: &self.sources, reading: &self.reading, outcome: &self.outcome }
    }

    /// The syntax errors in all files.
    pub(super) fn syntax_errors(&self) -> impl Iterator<Item = &SyntaxError> {
        self.reading.workspace.units.iter().flat_map(|unit| &unit.syntax_errors)
    }

    /// Converts places and findings to the protocol.
    pub(super) fn converter(&self) -> Converter<'_> {
        Converter { state: &self.state, sources: &self.sources }
    }

    /// The file with this URI, if it is part of the run.
    pub(super) fn file(&self, uri: &Uri) -> Option<FileId> {
        self.sources.load(&state::path(uri)?).ok()
    }

    /// Whether a file is written in HCL, not in JSON.
    pub(super) fn is_hcl(&self, file: FileId) -> bool {
        self.sources.get(file).path.extension().is_some_and(|extension| extension == "tf")
    }

    /// Whether a file is written in YAML.
    pub(super) fn is_yaml(&self, file: FileId) -> bool {
        let source = self.sources.get(file);
        let extension = source.path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        ["yaml", "yml", "template", "cfn", "cform"].contains(&extension)
            && !source.text.trim_start().starts_with('{')
    }

    /// Redacts credentials in a text.
    pub(super) fn shown(&self, text: &str) -> String {
        self.outcome.redactor.redact(text).into_owned()
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        self.state.encoding.range(self.sources.get(span.file), span)
    }

    /// The location of a span: file and range.
    pub(super) fn location(&self, span: Span) -> Option<Location> {
        Some(Location::new(self.converter().uri(span.file)?, self.range(span)))
    }

    /// The file and the offset of a position.
    pub(super) fn point(&self, at: &TextDocumentPositionParams) -> Option<Point> {
        let file = self.file(&at.text_document.uri)?;
        let source = self.sources.get(file);
        let offset = self.state.encoding.offset(&source.text, source.lines(), at.position);
        Some(Point { file, offset: u32::try_from(offset).ok()? })
    }
}

impl Shared {
    /// Runs over the newest state.
    pub(super) async fn run(&self) -> Result<Arc<Run>, Panic> {
        self.ask(Arc::clone).await
    }

    /// Answers from a run over the newest state. A panic in either does not end the server.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Arc<Run>) -> T + Send + 'static,
    ) -> Result<T, Panic> {
        let shared = self.clone();
        let work = move || panic_guard::catch(|| answer(&shared.run_here()));
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Panic::default()))
    }

    /// Concurrent requests wait for each other here, so that they share one run.
    fn run_here(&self) -> Arc<Run> {
        let mut latest = self.latest();
        let (generation, state) = self.snapshot();
        match &*latest {
            Some((of, run)) if *of == generation => Arc::clone(run),
            _ => {
                let before = latest.as_ref().map(|(_, run)| &**run);
                let run = Arc::new(self.engine()(&state, before));
                *latest = Some((generation, Arc::clone(&run)));
                run
            }
        }
    }
}

/// The options of the command line for the folders and the open files that are named next to them.
fn options(sources: &Sources) -> RunOptions {
    let is_named = |input: &Input| input.requested == Requested::Explicit;
    RunOptions { partial: sources.inputs().iter().all(is_named), ..RunOptions::default() }
}

/// The files of the workspace, the open files, and the files in their directories if they are outside it.
fn sources(state: &State) -> Sources {
    let base = state.roots.first().cloned().unwrap_or_else(|| PathBuf::from("/"));
    let mut sources = Sources::new(base);
    let open: Vec<_> =
        state.open.iter().map(|(path, document)| sources.add(path, document.text.clone())).collect();
    discover::collect(&mut sources, &state.roots);
    open.into_iter().for_each(|file| discover::collect_open(&mut sources, file));
    let outside = |path: &&PathBuf| {
        frontend::is_candidate(path) && !state.roots.iter().any(|root| path.starts_with(root))
    };
    for path in state.open.keys().filter(outside) {
        discover::collect_beside(&mut sources, path);
    }
    sources
}
