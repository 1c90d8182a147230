//! Suppresses findings: by a comment in Terraform or YAML, or by an entry in `ecslint.toml`. Suppressions that match
//! nothing are reported, so that they do not outlive their purpose.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::config::{Config, RunOptions, UNREASONED_IGNORE, UNUSED_IGNORE};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::engine::Reading;
use crate::rules::{self, Inconclusive, RULES};
use crate::source::{FileId, Requested, Sources, Span};
use crate::suggest::nearest;
use crate::workspace::{IndexedUnit, Workspace};

mod comment;
mod entry;
mod inside;
pub(super) mod metadata;
#[cfg(any(feature = "lsp", feature = "cli"))]
mod write;

use comment::{Comment, MAX_COMMENTS};
use entry::{Accepted, Roots, deletion};
use inside::Inside;

#[cfg(any(feature = "lsp", feature = "cli"))]
pub(crate) use write::{Place, can_append, comment_for, document, entry_for};

/// Removes suppressed findings, and adds findings about unused suppressions. `used` has the names in metadata that suppressed a
/// finding.
pub(crate) fn apply(
    diagnostics: &mut Vec<Diagnostic>,
    mut used: Vec<Span>,
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
    let mut entries: Vec<Accepted> = config.ignores().map(Accepted::new).collect();
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
    let mut roots = Roots::new();
    diagnostics.retain(|found| {
        let (names, all) = inside.accept(found);
        used.extend(names);
        let before = used.len();
        used.extend(comments.iter().filter_map(|comment| by_comment(comment, found)));
        used.extend(
            entries.iter_mut().filter_map(|entry| by_entry(entry, found, sources, &mut roots, options)),
        );
        used.len() == before && !all
    });
    if options.partial {
        return;
    }
    // Unlike those of a directory, the files next to a file that is named with it may not be part of the run.
    let walks = sources.inputs().iter().any(|input| input.requested == Requested::Discovered);
    let is_found = |file: &FileId| !walks || sources.requested(*file) != Some(Requested::Explicit);
    let files: Vec<FileId> = files.into_iter().filter(is_found).collect();
    let unused =
        UnusedIgnores { used: &used, inconclusive, sources, workspace, files: &files, config, options };
    let comments = comments.iter().filter(|comment| is_found(&comment.at.file));
    let of_comments = comments.flat_map(|comment| unused.comment(comment));
    diagnostics.extend(of_comments.chain(entries.iter().flat_map(|entry| unused.entry(entry))));
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

/// The rule's name in an entry that suppresses a finding.
fn by_entry(
    accepted: &mut Accepted,
    found: &Diagnostic,
    sources: &Sources,
    roots: &mut Roots,
    options: &RunOptions,
) -> Option<Span> {
    let (_, at) = accepted.entry.rules.iter().find(|(rule, _)| rule == found.rule)?;
    let has_expired = accepted.entry.expires.is_some_and(|(last, _)| last < options.today);
    (!has_expired && accepted.is_about(found.span, sources, roots)).then_some(*at)
}

/// Reports suppressions that match nothing.
struct UnusedIgnores<'j> {
    used: &'j [Span],
    inconclusive: &'j [Inconclusive],
    sources: &'j Sources,
    workspace: &'j Workspace,
    files: &'j [FileId],
    config: &'j Config,
    options: &'j RunOptions,
}

impl UnusedIgnores<'_> {
    fn comment(&self, comment: &Comment) -> Vec<Diagnostic> {
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
        let file = comment.at.file;
        let is_on = |unit: &&Arc<IndexedUnit>| unit.module_calls.iter().any(|call| comment.is_on(call));
        let call = self.workspace.units.iter().find(is_on);
        // If a module cannot be read, its findings are not known.
        let is_seen = call.is_none_or(|unit| unit.is_complete);
        let is_unused = |(rule, at): &(SmolStr, Span)| {
            let unused = || self.is_unused(rule, *at, |other| other == file || call.is_some());
            rules::find(rule).is_none() || (is_seen && unused())
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

    fn entry(&self, accepted: &Accepted) -> Vec<Diagnostic> {
        let entry = accepted.entry;
        if let Some((_, at)) = entry.expires.filter(|(last, _)| *last < self.options.today) {
            return vec![expired(at)];
        }
        let is_about = |file| entry.is_about(&self.sources.get(file).path);
        let tell = |(index, (rule, at)): (usize, &(SmolStr, Span))| {
            let all = || deletion(self.sources, entry.at);
            let span = if entry.rules.len() == 1 { all() } else { Some(name_and_comma(&entry.rules, index)) };
            Diagnostic { fix: span.map(delete), ..unused_finding(rule, *at) }
        };
        let named = entry.rules.iter().enumerate();
        named.filter(|(_, (rule, at))| self.is_unused(rule, *at, is_about)).map(tell).collect()
    }

    /// A name in metadata.
    fn described(&self, rule: &str, at: Span) -> Option<Diagnostic> {
        let is_unused = || rules::find(rule).is_none() || self.is_unused(rule, at, |file| file == at.file);
        is_unused().then(|| unused_finding(rule, at))
    }

    /// Whether an enabled rule could have found something in the files, could decide everything, and found nothing.
    fn is_unused(&self, rule: &str, at: Span, is_about: impl Fn(FileId) -> bool) -> bool {
        let path = |file| &self.sources.get(file).path;
        let files = self.files.iter().filter(|file| is_about(**file));
        let mut on = files.filter(|file| self.options.takes(rule, path(**file), self.config));
        let is_open = self.inconclusive.iter().any(|open| open.rule == rule && is_about(open.span.file));
        rules::find(rule).is_some() && on.next().is_some() && !is_open && !self.used.contains(&at)
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
