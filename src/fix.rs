//! Applies fixes: checks, edits the texts, and checks again, until nothing is left to mend. Nothing is written here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::RunOptions;
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::source::{FileId, Sources};
use crate::{Outcome, check};

/// Texts by their absolute paths, to be laid over the disk.
pub type Texts = BTreeMap<PathBuf, Arc<str>>;

/// What a mended finding may bring to light is looked at so many times. The rules need two or three.
const MAX_ROUNDS: usize = 10;

/// What came of it.
#[derive(Debug)]
pub struct FixResult {
    /// The files as they are with all fixes.
    pub sources: Sources,
    /// What is found in them then.
    pub outcome: Outcome,
    /// The files that are changed.
    pub changes: Vec<Changed>,
    /// How many findings were mended.
    pub count: usize,
}

/// One changed file.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its path as it is printed.
    pub name: String,
    /// Its text as it was read.
    pub before: Arc<str>,
    /// Its text with the fixes.
    pub after: Arc<str>,
}

/// Mends what can be: with no fixes, with those that need no person to look, or with all. `open` gives the files of the
/// run with some texts laid over them.
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
        // A fix that breaks a file, or changes nothing, would be a defect of its rule; it is not taken.
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

/// How many mistakes there are in how files are written.
fn error_count(outcome: &Outcome) -> usize {
    outcome.diagnostics.iter().filter(|found| found.rule == "syntax").count()
}

/// The edits of one round, of each file in order, and how many findings they mend. Of two fixes that touch each other,
/// the first one is taken; the other has its turn in the next round, if it is still needed.
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

/// Whether a file is the user's own: not a module that was downloaded.
fn is_ours(path: &Path) -> bool {
    !path.components().any(|part| part.as_os_str() == ".terraform")
}

fn are_apart(one: &Edit, other: &Edit) -> bool {
    let (one, other) = (one.span, other.span);
    // Two insertions at one place would need an order.
    let together = one.start == other.start;
    !together && (one.end <= other.start || other.end <= one.start)
}

/// The text with the edits, which are in order and apart. Its byte order mark and its line ends stay as they are.
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
