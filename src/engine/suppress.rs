//! Suppresses findings: by a comment in Terraform or YAML, or by an entry in `ecslint.toml`. Suppressions that match
//! nothing are reported, so that they do not outlive their purpose.

use std::iter;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::config::{Config, Ignore, RunOptions, UNREASONED_IGNORE, UNUSED_IGNORE};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::engine::Reading;
use crate::rules::{self, Inconclusive, RULES};
use crate::source::{FileId, Requested, Sources, Span};
use crate::suggest::nearest;

mod comment;
mod entry;
mod inside;
pub(super) mod metadata;
#[cfg(any(feature = "lsp", feature = "cli"))]
mod write;

use comment::{Comment, MAX_COMMENTS};
use entry::{Entries, deletion};
use inside::Inside;

#[cfg(any(feature = "lsp", feature = "cli"))]
pub(crate) use write::{Place, can_append, comment_for, document, entry_for};

/// Removes suppressed findings, and adds findings about unused suppressions. `used` has the names in metadata that suppressed a
/// finding.
pub(crate) fn apply(
    diagnostics: &mut Vec<Diagnostic>,
    used: Vec<Span>,
    inconclusive: &[Inconclusive],
    sources: &Sources,
    reading: &Reading,
    options: &RunOptions,
) {
    let Reading { workspace, config } = reading;
    let files = workspace.files();
    let mut comments: Vec<Comment> = Vec::new();
    for file in &files {
        let mut own = comment::all(*file, sources);
        diagnostics.extend(own.drain(own.len().min(MAX_COMMENTS)..).next().map(|next| too_many(next.at)));
        // An expired comment applies to nothing.
        own.iter_mut().filter(|own| own.expired(options.today).is_some()).for_each(|own| own.about = None);
        comments.extend(own);
    }
    let mut entries = Entries::new(config);
    let described = metadata::names(workspace);
    if comments.is_empty() && entries.is_empty() && described.is_empty() {
        return;
    }
    let inside = Inside::new(&comments, workspace);
    let unreasoned = comments.iter().filter(|comment| !comment.has_reason && !comment.rules.is_empty());
    let unreasoned = unreasoned.map(|comment| (comment.at, "# ecslint: ignore[rule] reason"));
    let entries_without = config.ignores().filter(|entry| !entry.has_reason);
    let unreasoned = unreasoned.chain(entries_without.map(|entry| (entry.place(), "reason = \"…\"")));
    diagnostics.extend(unreasoned.map(|(at, how)| without_reason(at, how)));
    let mut of_file: FxHashMap<FileId, Vec<&Comment>> = FxHashMap::default();
    comments.iter().for_each(|comment| of_file.entry(comment.at.file).or_default().push(comment));
    let mut used: FxHashSet<Span> = used.into_iter().collect();
    diagnostics.retain(|found| {
        let (names, all) = inside.accept(found);
        used.extend(names);
        let comments = of_file.get(&found.span.file).into_iter().flatten();
        let by_comments: Vec<Span> = comments.filter_map(|comment| by_comment(comment, found)).collect();
        let by_entries = entries.accept(found, sources, options.today);
        let is_reported = !all && by_comments.is_empty() && by_entries.is_empty();
        used.extend(by_comments.into_iter().chain(by_entries));
        is_reported
    });
    if options.partial {
        return;
    }
    // Unlike those of a directory, the files next to a file that is named with it may not be part of the run.
    let walks = sources.inputs().iter().any(|input| input.requested == Requested::Discovered);
    let is_found = |file: &FileId| !walks || sources.requested(*file) != Some(Requested::Explicit);
    let files: Vec<FileId> = files.into_iter().filter(is_found).collect();
    let open: FxHashSet<_> = inconclusive.iter().map(|open| (open.rule, open.span.file)).collect();
    let unused = UnusedIgnores {
        used,
        known: files.iter().copied().chain(open.iter().map(|(_, file)| *file)).collect(),
        files: files.into_iter().collect(),
        open,
        inside: &inside,
        sources,
        config,
        options,
    };
    let comments = comments.iter().filter(|comment| is_found(&comment.at.file));
    diagnostics.extend(unused.comments(comments));
    diagnostics.extend(unused.entries(&entries));
    let described = described.into_iter().filter(|(_, at)| is_found(&at.file));
    diagnostics.extend(described.filter_map(|(rule, at)| unused.described(&rule, at)));
}

/// The rules that ignore comments in a file name.
#[cfg(feature = "lsp")]
pub(crate) fn named_in_comments(file: FileId, sources: &Sources) -> Vec<(SmolStr, Span)> {
    comment::all(file, sources).into_iter().flat_map(|comment| comment.rules).collect()
}

/// Reports that a suppression does not say why.
fn without_reason(at: Span, how: &str) -> Diagnostic {
    let message = "this ignore has no reason".to_owned();
    Diagnostic { rule: UNREASONED_IGNORE, ..finding(at, message, Some(format!("write `{how}`"))) }
}

/// Reports that a file has more comments than are read.
fn too_many(next: Span) -> Diagnostic {
    let message = format!(
        "this file has more than {MAX_COMMENTS} ignore comments; this one and the later ones are not read"
    );
    Diagnostic { rule: rules::LIMIT_REACHED, ..finding(next, message, None) }
}

/// The rule's name in a comment that suppresses a finding.
fn by_comment(comment: &Comment, found: &Diagnostic) -> Option<Span> {
    let about = comment.about?;
    let is_about = about.file == found.span.file && (about.start..about.end).contains(&found.span.start);
    comment.names(found.rule).filter(|_| is_about)
}

/// Reports suppressions that match nothing.
struct UnusedIgnores<'j> {
    /// The names that suppressed a finding.
    used: FxHashSet<Span>,
    /// The rules that could not check everything in a file.
    open: FxHashSet<(&'static str, FileId)>,
    /// The files that are checked.
    files: FxHashSet<FileId>,
    /// These files, and those with something that could not be checked.
    known: FxHashSet<FileId>,
    inside: &'j Inside<'j>,
    sources: &'j Sources,
    config: &'j Config,
    options: &'j RunOptions,
}

impl UnusedIgnores<'_> {
    fn comments<'c>(&self, comments: impl Iterator<Item = &'c Comment>) -> Vec<Diagnostic> {
        // What a call creates can be reported in any file.
        let mut silent: FxHashMap<&'c str, bool> = FxHashMap::default();
        let mut is_silent = |comment: &Comment, rule: &'c str| match self.inside.unit(comment) {
            // If a module cannot be read, its findings are not known.
            Some(unit) if !unit.is_complete => false,
            Some(_) => *silent.entry(rule).or_insert_with(|| self.is_silent(rule, &self.known.iter())),
            None => self.is_silent(rule, &iter::once(&comment.at.file)),
        };
        comments.flat_map(|comment| self.comment(comment, &mut is_silent)).collect()
    }

    fn comment<'c>(
        &self,
        comment: &'c Comment,
        mut is_silent: impl FnMut(&Comment, &'c str) -> bool,
    ) -> Vec<Diagnostic> {
        if comment.rules.is_empty() {
            let help = "write `ecslint: ignore[rule] reason`";
            return vec![finding(
                comment.at,
                "this comment does not name a rule to ignore".to_owned(),
                Some(help.to_owned()),
            )];
        }
        if let Some(at) = comment.expired(self.options.today) {
            return vec![expired(at)];
        }
        if let Some((None, at)) = comment.until {
            let message =
                format!("invalid date `{}`: expected a date such as 2027-01-31", self.sources.text(at));
            return vec![finding(at, message, None)];
        }
        let mut is_unused = |(rule, at): &'c (SmolStr, Span)| {
            rules::find(rule).is_none() || (!self.used.contains(at) && is_silent(comment, rule))
        };
        let tell = |(index, (rule, at)): (usize, &(SmolStr, Span))| {
            let alone = comment.rules.len() == 1;
            let deletion = if alone { comment.deletion } else { name_and_comma(&comment.rules, index) };
            let mut found = unused_finding(rule, *at);
            // A misspelled name must be corrected, not deleted.
            found.fix = rules::find(rule).is_some().then(|| delete(deletion));
            found
        };
        comment.rules.iter().enumerate().filter(|(_, named)| is_unused(named)).map(tell).collect()
    }

    fn entries(&self, entries: &Entries) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (entries, files) in entries.files(self.known.iter().copied(), self.sources) {
            // Thousands of entries can have the same path.
            let mut silent: FxHashMap<&str, bool> = FxHashMap::default();
            for entry in entries {
                found.extend(self.entry(entry, |rule| {
                    *silent.entry(rule).or_insert_with(|| self.is_silent(rule, &files.iter()))
                }));
            }
        }
        found
    }

    fn entry<'i>(&self, entry: &'i Ignore, mut is_silent: impl FnMut(&'i str) -> bool) -> Vec<Diagnostic> {
        if let Some((_, at)) = entry.expires.filter(|_| entry.has_expired(self.options.today)) {
            return vec![expired(at)];
        }
        let tell = |(index, (rule, at)): (usize, &(SmolStr, Span))| {
            let all = || deletion(self.sources, entry.at);
            let span = if entry.rules.len() == 1 { all() } else { Some(name_and_comma(&entry.rules, index)) };
            Diagnostic { fix: span.map(delete), ..unused_finding(rule, *at) }
        };
        let mut is_unused = |(rule, at): &'i (SmolStr, Span)| !self.used.contains(at) && is_silent(rule);
        let named = entry.rules.iter().enumerate();
        named.filter(|(_, named)| is_unused(named)).map(tell).collect()
    }

    /// A name in metadata.
    fn described(&self, rule: &str, at: Span) -> Option<Diagnostic> {
        let is_unused = || {
            rules::find(rule).is_none()
                || (!self.used.contains(&at) && self.is_silent(rule, &iter::once(&at.file)))
        };
        is_unused().then(|| unused_finding(rule, at))
    }

    /// Whether an enabled rule could have found something in some files, and could decide everything there.
    fn is_silent<'f>(&self, name: &str, files: &(impl Iterator<Item = &'f FileId> + Clone)) -> bool {
        let Some(rule) = rules::find(name) else { return false };
        let takes = |file: &FileId| self.options.takes(name, &self.sources.get(*file).path, self.config);
        let is_on = |file: &FileId| self.files.contains(file) && takes(file);
        files.clone().any(is_on) && !files.clone().any(|file| self.open.contains(&(rule.name, *file)))
    }
}

fn expired(at: Span) -> Diagnostic {
    let help = "fix the finding that it suppresses, or set a later date".to_owned();
    finding(at, "this ignore has expired".to_owned(), Some(help))
}

fn delete(span: Span) -> Fix {
    let edits = vec![Edit { span, text: String::new() }];
    Fix { title: "delete the unused suppression".to_owned(), safety: Safety::Safe, edits }
}

/// A name in a list, with its comma.
fn name_and_comma(rules: &[(SmolStr, Span)], index: usize) -> Span {
    let (_, at) = rules[index];
    match index.checked_sub(1) {
        Some(before) => Span { start: rules[before].1.end, ..at },
        None => Span { end: rules.get(1).map_or(at.end, |(_, next)| next.start), ..at },
    }
}

fn unused_finding(rule: &str, at: Span) -> Diagnostic {
    if rules::find(rule).is_none() {
        let near = nearest(rule, RULES.iter().map(|rule| rule.name));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return finding(at, format!("unknown rule `{rule}`"), help);
    }
    finding(
        at,
        format!("`{rule}` reports nothing here, so this ignore is unused"),
        Some("delete the unused suppression".to_owned()),
    )
}

fn finding(span: Span, message: String, help: Option<String>) -> Diagnostic {
    Diagnostic {
        rule: UNUSED_IGNORE,
        severity: Severity::Warning,
        message,
        span,
        labels: Vec::new(),
        help,
        fix: None,
        resources: Vec::new(),
    }
}
