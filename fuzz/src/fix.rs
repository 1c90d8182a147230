//! Fixes: a fix removes its finding and, if it only removes text, causes no other. A fixed text has no new syntax
//! errors, and nothing is left to fix afterward.

use std::path::Path;
use std::sync::Arc;

use ecslint::Outcome;
use ecslint::config::RunOptions;
use ecslint::diagnostic::{Diagnostic, Safety};
use ecslint::fix::{self, FixResult, Texts};
use ecslint::source::{FileId, Sources};
use ecslint::syntax::{hcl, json};
use ecslint::value::Mapped;

use crate::files::{self, File};
use crate::holds;

/// Checks the files of an input; applies one fix alone, and all safe or all fixes.
pub fn run(data: &[u8]) {
    let Some(files) = files::read(data) else { return };
    let options = RunOptions::default();
    let sources = files::open(&files, &Texts::new());
    let outcome = ecslint::check(&sources, &options);
    let offered: Vec<_> = outcome.diagnostics.iter().filter(|found| found.fix.is_some()).collect();
    if offered.is_empty() {
        return;
    }
    alone(offered[holds::choice(data, offered.len())], &files, &sources, &outcome);
    let least = [Safety::Safe, Safety::Unsafe][holds::choice(data, 2)];
    let fixed = apply(&files, &options, least);
    assert!(syntax(&fixed.outcome) <= syntax(&outcome), "a fix breaks a text");
    if syntax(&outcome) == 0 {
        let of = |file: &File| (file.0.clone(), text_of(&fixed, file));
        let again = apply(&files.iter().map(of).collect::<Vec<File>>(), &options, least);
        assert_eq!(again.count, 0, "there is something left to fix: {:?}", again.changes);
    }
}

/// Applies all fixes that are at least this safe.
fn apply(files: &[File], options: &RunOptions, least: Safety) -> FixResult {
    let fixed = fix::apply_fixes(|texts| files::open(files, texts), options, Some(least));
    holds::places(&fixed.outcome, &fixed.sources);
    for changed in &fixed.changes {
        still_json(&changed.before, &changed.after, &changed.path);
    }
    fixed
}

/// The text of a file after the fixes.
fn text_of(fixed: &FixResult, (name, before): &File) -> String {
    let path = Path::new(files::BASE).join(name);
    let change = fixed.changes.iter().find(|changed| changed.path == path);
    change.map_or_else(|| before.clone(), |changed| changed.after.to_string())
}

/// Applies one fix.
fn alone(found: &Diagnostic, files: &[File], sources: &Sources, before: &Outcome) {
    let Some(fix) = &found.fix else { return };
    let spans: Vec<_> = holds::edits(found).collect();
    let are_apart =
        |pair: &[ecslint::source::Span]| pair[0].file != pair[1].file || pair[0].end <= pair[1].start;
    assert!(spans.windows(2).all(are_apart), "the edits of `{}` are in order and apart", fix.title);
    let mut texts = Texts::new();
    for edit in fix.edits.iter().rev() {
        let source = sources.get(edit.span.file);
        let mut text = texts.get(&source.path).unwrap_or(&source.text).to_string();
        text.replace_range(edit.span.range(), &edit.text);
        texts.insert(source.path.clone(), Arc::from(text));
    }
    for (path, after) in &texts {
        let Ok(file) = sources.load(path) else { panic!("{} was read", path.display()) };
        let before = &sources.get(file).text;
        assert_ne!(before, after, "`{}` changes nothing", fix.title);
        still_json(before, after, path);
        assert!(errors(after, path) <= errors(before, path), "`{}` breaks the text", fix.title);
    }
    let opened = files::open(files, &texts);
    let after = ecslint::check(&opened, &RunOptions::default());
    holds::places(&after, &opened);
    let count = |outcome: &Outcome| outcome.diagnostics.iter().filter(|other| is_same(other, found)).count();
    // If a key is duplicated, the next run reports the other one.
    let is_mended = count(&after) < count(before) || syntax(before) > 0;
    let is_guess = fix.safety == Safety::Unsafe;
    // Anything else may reveal a finding: a value that was not valid, or had the wrong key, is checked now.
    let only_removes = fix.edits.iter().all(|edit| edit.text.is_empty());
    let more =
        after.diagnostics.iter().find(|other| of_rule(&after, other.rule) > of_rule(before, other.rule));
    let is_clean = more.is_none() || syntax(before) > 0 || !only_removes;
    assert!(is_clean || is_guess, "`{}` causes {more:?}", fix.title);
    assert!(is_mended || is_guess, "`{}` does not fix {}: {}", fix.title, found.rule, found.message);
}

/// The number of findings of a rule.
fn of_rule(outcome: &Outcome, rule: &str) -> usize {
    outcome.diagnostics.iter().filter(|found| found.rule == rule).count()
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.rule == other.rule && one.message == other.message
}

/// The number of errors that a parser of the file reports. A value that is JSON text may have errors of its own, which
/// a fix of its key reveals.
fn errors(text: &str, path: &Path) -> usize {
    match path.extension().and_then(|end| end.to_str()) {
        Some("tf") => hcl::parse(FileId(0), text).errors.len(),
        Some("json") => json::parse(&Mapped::file(FileId(0), text)).errors.len(),
        _ => 0,
    }
}

/// A text that was valid JSON is still valid JSON.
fn still_json(before: &str, after: &str, path: &Path) {
    let is_json = |text| serde_json::from_str::<serde_json::Value>(text).is_ok();
    assert!(!is_json(before) || is_json(after), "{} is JSON no more", path.display());
}

/// The number of syntax errors in files.
fn syntax(outcome: &Outcome) -> usize {
    of_rule(outcome, "syntax")
}
