//! What to remove together with a member: its comma and its line.

use crate::source::line_start;
use std::ops::Range;

/// The bytes to remove so that the member or item at `range` is gone and the rest is still valid.
pub(super) fn cut(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    // Some authors write the comma at the start of the next line.
    let behind = text.len() - text[range.end..].trim_start().len();
    let comma = text[behind..].starts_with(',').then_some(behind + 1);
    let tail = comma.unwrap_or(range.end);
    let before = text[..range.start].trim_end();
    // Without a comma after it, it may be the last item of its list; then the comma before it is removed too.
    let dangling =
        (comma.is_none() && before.ends_with(',') && closes(&text[tail..])).then(|| before.len() - 1);
    if stands_alone(text, range.start..tail) {
        return match dangling {
            Some(comma) => Some(comma..line_end(text, tail)),
            None => lines(text, range.start..tail),
        };
    }
    match (comma, dangling) {
        (Some(_), _) if line_end(text, tail) == blanks(text, tail) => {
            Some(blanks_before(text, range.start)..tail)
        }
        (Some(_), _) => Some(range.start..blanks(text, tail)),
        (None, Some(comma)) => Some(comma..tail),
        (None, None) => before.ends_with(['{', '[', ',']).then(|| range.start..blanks(text, tail)),
    }
}

/// The lines of `range`, if they contain nothing else, with the preceding empty line if another one follows.
pub(super) fn lines(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    if !stands_alone(text, range.clone()) {
        return None;
    }
    let start = line_start(text, range.start);
    let end = next_line(text, range.end);
    let is_first = start == line_start(text, 0);
    let above = if is_first { start } else { line_start(text, start - 1) };
    let empty_above = !is_first && text[above..start].trim().is_empty();
    let below = text[end..].lines().next().unwrap_or_default().trim();
    let start = if empty_above && (below.is_empty() || below == "}") { above } else { start };
    Some(start..end)
}

/// Whether its lines contain nothing but `range` and possibly a comment after it.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let rest = text[range.end..line_end(text, range.end)].trim();
    let starts_line = text[line_start(text, range.start)..range.start].trim().is_empty();
    starts_line && (rest.is_empty() || rest.starts_with('#') || rest.starts_with("//"))
}

/// Whether the text begins with a closing bracket, apart from comments.
fn closes(text: &str) -> bool {
    let mut rest = text.trim_start();
    while rest.starts_with('#') || rest.starts_with("//") {
        rest = rest[line_end(rest, 0)..].trim_start();
    }
    rest.starts_with(['}', ']'])
}

/// The offset after the whitespace at `at`.
pub(super) fn blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

fn blanks_before(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches([' ', '\t']).len()
}

/// The end of the line at `at`, without its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}
