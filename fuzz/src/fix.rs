//! Fixes: each fix alone causes no new syntax errors, applying all fixes terminates, and a fixed finding is not
//! reported again.

use std::path::Path;
use std::sync::Arc;

use ecslint::Outcome;
use ecslint::config::RunOptions;
use ecslint::diagnostic::{Diagnostic, Safety};
use ecslint::fix::{self, Texts};
use ecslint::source::Sources;

use crate::files::{self, File};
use crate::holds;

/// Maximum number of fixes of an input that are applied separately.
const MOST: usize = 12;

/// Checks the files of an input, and fixes them.
pub fn run(data: &[u8]) {
    let Some(files) = files::read(data) else { return };
    let options = RunOptions::default();
    let sources = files::open(&files, &Texts::new());
    let outcome = ecslint::check(&sources, &options);
    let offered = outcome.diagnostics.iter().filter(|found| found.fix.is_some());
    offered.take(MOST).for_each(|found| alone(found, &files, &sources, &outcome));
    for least in [Safety::Safe, Safety::Unsafe] {
        let mended = fix::apply_fixes(|texts| files::open(&files, texts), &options, Some(least));
        holds::places(&mended.outcome, &mended.sources);
        assert!(syntax(&mended.outcome) <= syntax(&outcome), "mending breaks no text");
        for changed in &mended.changes {
            json(&changed.before, &changed.after, &changed.path);
        }
    }
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
        let read = sources.load(path).map(|file| sources.get(file).text.clone());
        assert!(
            read.is_ok_and(|before| before != *after && json(&before, after, path)),
            "`{}` changes nothing",
            fix.title
        );
    }
    let opened = files::open(files, &texts);
    let after = ecslint::check(&opened, &RunOptions::default());
    holds::places(&after, &opened);
    // A text that is already invalid may be parsed differently after any change; `apply_fixes` discards fixes that add errors.
    assert!(syntax(&after) == 0 || syntax(before) > 0, "`{}` breaks the text", fix.title);
    let count = |outcome: &Outcome| outcome.diagnostics.iter().filter(|other| is_same(other, found)).count();
    // If a key is duplicated, the next run reports the other one.
    let is_mended = count(&after) < count(before) || syntax(before) > 0;
    let is_guess = fix.safety == Safety::Unsafe;
    assert!(is_mended || is_guess, "`{}` does not fix {}: {}", fix.title, found.rule, found.message);
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.rule == other.rule && one.message == other.message
}

/// A text that was valid JSON is still valid JSON.
fn json(before: &str, after: &str, path: &Path) -> bool {
    let is_json = |text| serde_json::from_str::<serde_json::Value>(text).is_ok();
    assert!(!is_json(before) || is_json(after), "{} is JSON no more", path.display());
    true
}

/// The number of syntax errors in files.
fn syntax(outcome: &Outcome) -> usize {
    outcome.diagnostics.iter().filter(|found| found.rule == "syntax").count()
}
