//! The files of the page, read and checked.

use std::path::Path;
use std::sync::Arc;

use ecslint::config::{Date, RunOptions};
use ecslint::diagnostic::Safety;
use ecslint::engine::{self, Outcome, Reading, RuleCache};
use ecslint::fix::{self, Texts};
use ecslint::frontend::{self, ReadCache};
use ecslint::graph;
use ecslint::inspect::{Point, Snapshot};
use ecslint::report;
use ecslint::source::{Requested, Sources};
use serde::{Deserialize, Serialize};

/// A file of the page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct File {
    /// Its path, relative to the root of the project.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
}

/// The files of the page, what was read from them, and what was found in them.
#[derive(Debug)]
pub struct Project {
    files: Vec<File>,
    options: RunOptions,
    sources: Sources,
    reading: Reading,
    outcome: Outcome,
    /// Caches of what was read and found, for the next text of a file.
    read_cache: ReadCache,
    rule_cache: RuleCache,
}

/// The directory that the files are in.
const BASE: &str = "/";

impl Project {
    /// Checks files; `today` is the number of days since 1970-01-01. What has not changed since the previous check of files with
    /// the same names is not checked again.
    pub fn new(files: Vec<File>, today: i64, before: Option<&Project>) -> Project {
        let before = before.filter(|before| {
            before.files.iter().map(|file| &file.name).eq(files.iter().map(|file| &file.name))
        });
        let sources = match before {
            Some(before) => before.sources.with_texts(|path| text(&files, path)),
            None => open(&files, &Texts::new()),
        };
        let (mut read_cache, mut rule_cache) =
            before.map(|before| (before.read_cache.clone(), before.rule_cache.clone())).unwrap_or_default();
        let options = RunOptions::on(Date::of_day(today));
        let reading = engine::read_incremental(&sources, &mut read_cache);
        let outcome = engine::run_incremental(&sources, &reading, &options, &mut rule_cache);
        Project { files, options, sources, reading, outcome, read_cache, rule_cache }
    }

    /// The JSON report, as the command line prints it.
    pub fn report(&self) -> String {
        let mut out = Vec::new();
        // Writing to memory cannot fail.
        let _ = report::json::write(&self.outcome, &self.sources, &mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    /// The files with what was read from them and found in them.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot { sources: &self.sources, reading: &self.reading, outcome: &self.outcome }
    }

    /// The picture of the services, as SVG. `None` if there are no services and no tasks.
    pub fn picture(&self) -> Option<String> {
        let graph = graph::build(&self.reading, &self.outcome, &[]);
        let mut out = Vec::new();
        // Writing to memory cannot fail.
        let _ = graph::svg(&graph, &self.sources, &mut out);
        String::from_utf8(out).ok().filter(|_| !graph.services.is_empty())
    }

    /// The place at a line and a column, both from 1. `None` if there is no such file.
    pub fn point(&self, name: &str, line: u32, column: u32) -> Option<Point> {
        let file = self.sources.load(Path::new(name)).ok()?;
        let source = self.sources.get(file);
        let (line, column) = (line.checked_sub(1)? as usize, column.checked_sub(1)? as usize);
        let start = source.lines().start(&source.text, line);
        let inside = source.lines().text(&source.text, line).char_indices().nth(column);
        let inside = inside.map_or(source.lines().text(&source.text, line).len(), |(at, _)| at);
        Some(Point { file, offset: u32::try_from(start + inside).ok()? })
    }

    /// The number of findings that can be fixed, and the files that their fixes change.
    pub fn fixed(&self, least: Safety) -> (usize, Vec<File>) {
        let fixed = fix::apply_fixes(|texts| open(&self.files, texts), &self.options, Some(least));
        let files = fixed.changes.into_iter().map(|changed| File { name: changed.name, text: changed.after });
        (fixed.count, files.collect())
    }
}

/// The text of the file at a path.
fn text(files: &[File], path: &Path) -> Option<Arc<str>> {
    let name = path.strip_prefix(BASE).ok()?;
    files.iter().find(|file| Path::new(&file.name) == name).map(|file| Arc::clone(&file.text))
}

/// The files as the directory of a run, with some texts replaced. Only files that could be configuration are checked on their own,
/// as in a directory on disk; others are read if one of those refers to them.
fn open(files: &[File], texts: &Texts) -> Sources {
    let mut sources = Sources::new(BASE);
    for file in files {
        let path = sources.absolute(Path::new(&file.name));
        let text = texts.get(&path).unwrap_or(&file.text);
        let id = sources.add(&path, Arc::clone(text));
        if frontend::is_candidate(&path) {
            sources.add_input(id, Requested::Discovered);
        }
    }
    sources
}
