//! `--disable-ignores` and `--add-ignores`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit::Failure;
use crate::cli::write;
use crate::config::{FILE_NAME, INVALID_SETTING, Suppressed, UNUSED_IGNORE};
use crate::diagnostic::Diagnostic;
use crate::engine::INTERNAL_ERROR;
use crate::engine::suppress::{self, Place};
use crate::fix::FixResult;
use crate::frontend;
use crate::report::obeyed::is_plain;
use crate::report::plain::{counted, place};
use crate::rules::{LIMIT_REACHED, SYNTAX};
use crate::source::{FileId, Sources};
use crate::value::Node;

/// The rules whose findings must be fixed.
const MUST_BE_FIXED: [&str; 5] = [INVALID_SETTING, UNUSED_IGNORE, INTERNAL_ERROR, LIMIT_REACHED, SYNTAX];

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Report suppressed findings too.
    #[arg(long, help_heading = "Findings")]
    disable_ignores: bool,
    /// Suppress all findings, for this reason: write a comment or an entry in ecslint.toml for each of them.
    #[arg(
        long,
        value_name = "REASON",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with_all = ["fix", "diff", "watch", "write_baseline", "disable_ignores", "format"],
        help_heading = "Findings"
    )]
    add_ignores: Option<String>,
}

impl Arguments {
    /// What happens to suppressed findings.
    pub(super) fn suppressed(&self) -> Suppressed {
        if self.disable_ignores { Suppressed::Reported } else { Suppressed::Hidden }
    }

    /// Writes a suppression for each finding. Returns whether `--add-ignores` was given.
    pub(super) fn add(&self, checked: &FixResult, err: &mut dyn Write) -> Result<bool, Failure> {
        let Some(reason) = &self.add_ignores else { return Ok(false) };
        if !is_plain(reason) {
            return Err(Failure::Usage("--add-ignores: the reason must be one line of text".to_owned()));
        }
        let mut added = Added::new(&checked.sources, reason);
        let (done, left): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            checked.outcome.diagnostics.iter().partition(|found| added.add(found).is_some());
        let files = added.write()?;
        for found in left {
            let place = place(found.span, &checked.sources);
            writeln!(err, "ecslint: {place}: `{}` cannot be suppressed", found.rule)?;
        }
        writeln!(err, "Suppressed {} in {}.", counted(done.len(), "finding"), counted(files, "file"))?;
        Ok(true)
    }
}

/// The suppressions to write.
struct Added<'c> {
    sources: &'c Sources,
    reason: &'c str,
    /// The comment at each offset of a file: its indentation, its line break, and the rules that it names.
    comments: BTreeMap<FileId, BTreeMap<usize, (String, Vec<&'static str>)>>,
    /// The entries to append to each settings file; `None` for a file that has errors.
    entries: BTreeMap<PathBuf, Option<Entries>>,
    /// The values of the files in JSON.
    documents: BTreeMap<FileId, Option<Node>>,
}

/// The entries to append to a settings file.
#[derive(Default)]
struct Entries {
    /// The text of the file, with the entries.
    text: String,
    /// Each of them: two findings at the same place need one entry.
    known: BTreeSet<String>,
}

impl<'c> Added<'c> {
    fn new(sources: &'c Sources, reason: &'c str) -> Added<'c> {
        let documents = BTreeMap::new();
        Added { sources, reason, comments: BTreeMap::new(), entries: BTreeMap::new(), documents }
    }

    /// Adds the suppression of a finding; `None` if it cannot be suppressed.
    fn add(&mut self, found: &Diagnostic) -> Option<()> {
        if MUST_BE_FIXED.contains(&found.rule) {
            return None;
        }
        let source = self.sources.get(found.span.file);
        let place = Place { rule: found.rule, span: found.span, path: &source.path, text: &source.text };
        if frontend::comments(&source.path).is_none() {
            return self.add_entry(place);
        }
        let (offset, line) = suppress::comment_for(place)?;
        let of_file = self.comments.entry(found.span.file).or_default();
        let (_, rules) = of_file.entry(offset).or_insert((line, Vec::new()));
        if !rules.contains(&found.rule) {
            rules.push(found.rule);
        }
        Some(())
    }

    /// Adds an entry to the nearest settings file above the finding, or to a new one in the current directory.
    fn add_entry(&mut self, place: Place) -> Option<()> {
        let mut above = place.path.ancestors().skip(1).map(|directory| directory.join(FILE_NAME));
        let nearest = above.find(|path| self.sources.load(path).is_ok());
        let path = nearest.unwrap_or_else(|| self.sources.base().join(FILE_NAME));
        let directory = path.parent()?;
        let root = self.documents.entry(place.span.file).or_insert_with(|| suppress::document(place));
        let entries = self.entries.entry(path.clone()).or_insert_with(|| {
            let text = before(self.sources, &path);
            let can_append = suppress::can_append(place, directory, &text);
            can_append.then(|| Entries { text, ..Entries::default() })
        });
        let entries = entries.as_mut()?;
        let entry = suppress::entry_for(place, root.as_ref(), directory, &entries.text)?;
        if !entries.known.insert(entry.trim_start().to_owned()) {
            return Some(());
        }
        entries.text.push_str(&entry);
        if !self.reason.is_empty() {
            let reason = self.reason.replace('\\', "\\\\").replace('"', "\\\"");
            entries.text += &format!("reason = \"{reason}\"\n");
        }
        Some(())
    }

    /// Writes the files, and returns their number.
    fn write(&self) -> Result<usize, Failure> {
        let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
        for (file, comments) in &self.comments {
            let source = self.sources.get(*file);
            let mut text = source.text.to_string();
            for (offset, (line, rules)) in comments.iter().rev() {
                text.insert_str(*offset, &self.comment(line, rules));
            }
            texts.insert(source.path.clone(), text);
        }
        for (path, entries) in &self.entries {
            let added = entries.as_ref().filter(|entries| !entries.known.is_empty());
            texts.extend(added.map(|entries| (path.clone(), entries.text.clone())));
        }
        for (path, text) in &texts {
            let written = match self.sources.load(path) {
                Ok(file) => write::replace(path, &self.sources.get(file).text, text),
                Err(_) => write::new(path, text.as_bytes()),
            };
            written.map_err(|error| {
                let name = self.sources.name_of(path);
                Failure::Usage(format!("{name}: cannot write the file: {error}"))
            })?;
        }
        Ok(texts.len())
    }

    /// A comment that names all rules, from one that names the first.
    fn comment(&self, line: &str, rules: &[&str]) -> String {
        let (before, after) = line.split_once('[').unwrap_or((line, ""));
        let end = after.trim_start_matches(|c| c != '\r' && c != '\n');
        let space = if self.reason.is_empty() { "" } else { " " };
        format!("{before}[{}]{space}{}{end}", rules.join(", "), self.reason)
    }
}

/// The text of a settings file; empty if there is none.
fn before(sources: &Sources, path: &Path) -> String {
    sources.load(path).map(|file| sources.get(file).text.to_string()).unwrap_or_default()
}
