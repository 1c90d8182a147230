//! Applies fixes: checks, edits the texts, and checks again until no fix is left. Writes no files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::RunOptions;
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::source::{FileId, Sources};
use crate::{Outcome, check};

/// Texts by absolute path, which replace the content on disk.
pub type Texts = BTreeMap<PathBuf, Arc<str>>;

/// Maximum number of rounds; fixing a finding can reveal another one. The rules need two or three rounds.
const MAX_ROUNDS: usize = 10;

/// The result of applying fixes.
#[derive(Debug)]
pub struct FixResult {
    /// The files with all fixes applied.
    pub sources: Sources,
    /// The findings that remain.
    pub outcome: Outcome,
    /// The changed files.
    pub changes: Vec<Changed>,
    /// The number of fixed findings.
    pub count: usize,
}

/// One changed file.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its path as printed.
    pub name: String,
    /// The text before.
    pub before: Arc<str>,
    /// The text after.
    pub after: Arc<str>,
}

/// Applies no fixes, safe fixes, or all fixes, depending on `wanted`. `open` returns the files of the run, with some
/// texts replaced.
pub fn apply_fixes(
    mut open: impl FnMut(&Texts) -> Sources,
    options: &RunOptions,
    wanted: Option<Safety>,
) -> FixResult {
    let mut texts = Texts::new();
    let mut originals = Texts::new();
    let mut sources = open(&texts);
    let mut outcome = check(&sources, options);
    let mut count = 0;
    for _ in 0..MAX_ROUNDS {
        let (edits, applied) = wanted.map(|least| choose(&outcome, &sources, least)).unwrap_or_default();
        if edits.is_empty() {
            break;
        }
        let mut next = texts.clone();
        for (file, edits) in &edits {
            let source = sources.get(*file);
            originals.entry(source.path.clone()).or_insert_with(|| source.text.clone());
            next.insert(source.path.clone(), apply(&source.text, edits).into());
        }
        let opened = open(&next);
        let found = check(&opened, options);
        // A fix that breaks a file or changes nothing is a bug in its rule, and is discarded.
        if error_count(&found) > error_count(&outcome) || next == texts {
            break;
        }
        (sources, outcome, texts, count) = (opened, found, next, count + applied);
    }
    let changes = changes(&sources, &originals, &texts);
    FixResult { sources, outcome, changes, count }
}

fn changes(sources: &Sources, originals: &Texts, texts: &Texts) -> Vec<Changed> {
    let differ = texts.iter().filter_map(|(path, after)| Some((path, originals.get(path)?, after)));
    differ
        .filter(|(_, before, after)| before != after)
        .map(|(path, before, after)| Changed {
            path: path.clone(),
            name: sources.name_of(path),
            before: before.clone(),
            after: after.clone(),
        })
        .collect()
}

/// The number of syntax errors in files.
fn error_count(outcome: &Outcome) -> usize {
    outcome.diagnostics.iter().filter(|found| found.rule == "syntax").count()
}

/// The edits of one round, ordered within each file, and the number of findings they fix. If two fixes touch each
/// other, the first one is applied; the other one is applied in the next round, if it is still needed.
fn choose(outcome: &Outcome, sources: &Sources, least: Safety) -> (BTreeMap<FileId, Vec<Edit>>, usize) {
    let mut taken: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    let mut count = 0;
    for found in outcome.diagnostics.iter().filter(|found| is_offered(found, least)) {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        let free = edits.clone().all(|edit| {
            let others = taken.get(&edit.span.file).into_iter().flatten();
            is_ours(&sources.get(edit.span.file).path) && others.clone().all(|other| are_apart(edit, other))
        });
        if free {
            count += 1;
            edits.for_each(|edit| taken.entry(edit.span.file).or_default().push(edit.clone()));
        }
    }
    taken.values_mut().for_each(|edits| edits.sort_by_key(|edit| (edit.span.start, edit.span.end)));
    (taken, count)
}

/// Whether the finding has a fix that may be applied.
pub fn is_offered(found: &Diagnostic, least: Safety) -> bool {
    found.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe || least == Safety::Unsafe)
}

/// Whether a file belongs to the user, and not to a downloaded module.
fn is_ours(path: &Path) -> bool {
    !path.components().any(|part| part.as_os_str() == ".terraform")
}

fn are_apart(one: &Edit, other: &Edit) -> bool {
    let (one, other) = (one.span, other.span);
    // The order of two insertions at the same place would matter.
    let together = one.start == other.start;
    !together && (one.end <= other.start || other.end <= one.start)
}

/// Applies edits, which are ordered and do not overlap. Keeps the byte order mark and the line endings.
fn apply(text: &str, edits: &[Edit]) -> String {
    let end = text.find('\n').map_or("\n", |at| if text[..at].ends_with('\r') { "\r\n" } else { "\n" });
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        edited.push_str(&text[at..edit.span.range().start]);
        edited.push_str(&edit.text.replace("\r\n", "\n").replace('\n', end));
        at = edit.span.range().end;
    }
    edited.push_str(&text[at..]);
    edited
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(FileId(0), start, end), text: text.to_owned() }
    }

    #[test]
    fn the_mark_and_the_line_ends_of_a_file_are_kept() {
        let text = "\u{feff}{\r\n  \"a\": 1\r\n}\r\n";
        let at = text.find('1').unwrap_or_default();
        assert_eq!(apply(text, &[edit(at, at + 1, "2,\n3")]), "\u{feff}{\r\n  \"a\": 2,\r\n3\r\n}\r\n");
    }

    #[test]
    fn edits_that_touch_are_not_taken_together() {
        assert!(are_apart(&edit(0, 2, ""), &edit(2, 3, "")));
        assert!(!are_apart(&edit(0, 3, ""), &edit(2, 4, "")));
        assert!(!are_apart(&edit(2, 2, "a"), &edit(2, 2, "b")));
        assert!(!are_apart(&edit(2, 2, "a"), &edit(2, 4, "b")));
        assert!(!are_apart(&edit(1, 1, "a"), &edit(0, 2, "b")));
    }
}
