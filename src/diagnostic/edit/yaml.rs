//! Edits of YAML: by indentation in block style, and as in JSON in flow style.

use std::ops::Range;

use crate::diagnostic::edit::{remove, remove_item, rename};
use crate::diagnostic::{Change, Edit, Literal};
use crate::source::{Source, Sources, Span, line_start};
use crate::syntax::yaml;
use crate::value::{Entry, Node, NodeKind};

/// Returns `true` if a file is YAML, and not JSON, which other edits understand.
pub(super) fn is_yaml(source: &Source) -> bool {
    let extension = source.path.extension().and_then(|extension| extension.to_str());
    let is_named = matches!(extension, Some("yaml" | "yml" | "template" | "cform" | "cfn"));
    is_named && !source.text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The edit of a change; `None` if the bytes are not certain.
pub(super) fn edit(change: &Change, file: &Source, sources: &Sources) -> Option<Edit> {
    let text = file.text.as_ref();
    // A value that is written once and used in several places is not changed: by a merge, an alias, or a loop.
    if ["<<:", ": *", "- *", "Fn::ForEach"].iter().any(|sign| text.contains(sign)) {
        return None;
    }
    match change {
        Change::Set(node, value) => set(node, value, text),
        Change::Remove(entry) if is_flow(text, entry.key_at) => remove(entry, sources),
        Change::Remove(entry) => {
            let (start, end) = member(entry, text)?;
            cut(entry.key_at, text, start..end, "{}")
        }
        Change::RemoveItem(item) => match dash(item, text) {
            Some(dash) => cut(here(item), text, dash..yaml::extent(text, dash), "[]"),
            None => remove_item(item, sources),
        },
        Change::Insert(entry, key, value) => insert(entry, key, value, text),
        Change::Rename(entry, key) => rename(entry, key, sources),
        Change::RemoveComma(_) => None,
    }
}

/// The place of a value, or of the reference to it.
fn here(node: &Node) -> Span {
    node.used.unwrap_or(node.at)
}

fn place(at: Span, range: Range<usize>) -> Span {
    Span::new(at.file, range.start, range.end)
}

fn set(node: &Node, value: &Literal, text: &str) -> Option<Edit> {
    let (range, source) = (node.at.range(), text.get(node.at.range())?);
    let bare = source.trim_matches(['"', '\'']);
    let is_written = match &node.kind {
        NodeKind::Number(number) => bare == number,
        NodeKind::Bool(flag) => bare == flag.to_string(),
        NodeKind::String(_) | NodeKind::Text(_) => node.as_str() == Some(bare),
        _ => false,
    };
    // After a tag or an anchor, it is not the value itself.
    let before = text.get(..range.start)?.trim_end_matches(' ');
    let is_plain = before.ends_with([':', '-', ',', '[']) && !is_argument(before);
    let is_quoted = bare.len() < source.len();
    let written = written(value, is_quoted)?;
    (is_written && is_plain && node.used.is_none()).then_some(Edit { span: node.at, text: written })
}

/// Whether the text ends in the key of a function.
fn is_argument(before: &str) -> bool {
    let line = before[line_start(before, before.len())..].trim_start_matches([' ', '-']);
    line.contains("Fn::") || line.starts_with("Ref:")
}

fn written(value: &Literal, is_quoted: bool) -> Option<String> {
    Some(match value {
        Literal::Number(number) => number.to_string(),
        Literal::Bool(flag) => flag.to_string(),
        Literal::Text(word) if word.contains("${") => return None,
        Literal::Text(word) if !is_quoted && is_plain(word) => word.clone(),
        Literal::Text(word) => serde_json::Value::from(word.as_str()).to_string(),
    })
}

/// Whether a text needs no quotes, in block and in flow style.
fn is_plain(word: &str) -> bool {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"_/.-:".contains(&byte);
    let first = word.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'/');
    let is_word = first && word.bytes().all(is_safe) && !word.ends_with(':');
    is_word
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
            .contains(&word.to_lowercase().as_str())
}

/// Whether the member at a place is in flow style.
fn is_flow(text: &str, key: Span) -> bool {
    text[..key.range().start].trim_end().ends_with(['{', ',', '['])
}

/// The bytes of a member in block style.
fn member(entry: &Entry, text: &str) -> Option<(usize, usize)> {
    let key = entry.key_at.range();
    let is_key = text.get(key.clone())?.trim_matches(['"', '\'']) == entry.written;
    let end = yaml::extent(text, key.start);
    let is_member = is_key && text[key.end..].trim_start_matches(' ').starts_with(':');
    let value = here(&entry.value);
    let is_here = value.file == entry.key_at.file && (key.end..=end).contains(&value.range().start);
    (is_member && is_here).then_some((key.start, end))
}

/// The offset of the dash of an item in block style.
fn dash(item: &Node, text: &str) -> Option<usize> {
    let before = text.get(..here(item).range().start)?.trim_end_matches(' ');
    let dash = before.strip_suffix('-')?;
    dash[line_start(dash, dash.len())..].trim_matches([' ', '-']).is_empty().then_some(dash.len())
}

/// Removes a member or an item in block style. The only one is replaced by an empty object or list.
fn cut(at: Span, text: &str, range: Range<usize>, nothing: &str) -> Option<Edit> {
    let removed = text.get(range.clone())?;
    let is_anchor = |(index, _): (usize, &str)| {
        removed[index + 1..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_')
    };
    if removed.match_indices('&').any(is_anchor) {
        return None;
    }
    let column = range.start - line_start(text, range.start);
    let is_item = removed.starts_with('-');
    let next = content(&text[range.end..]).map(|found| range.end + found);
    let next = next.filter(|next| is_sibling(text, *next, column, is_item));
    let edit = |range: Range<usize>, text: String| Some(Edit { span: place(at, range), text });
    if has_sibling_before(text, range.start, column, is_item) {
        let start = text[..line_start(text, range.start)].trim_end_matches(['\r', '\n']).len();
        return edit(start..range.end, String::new());
    }
    match next {
        // The edit includes the start of the next one, so that both are not removed at the same time.
        Some(next) => {
            let letter = text[next..].chars().next()?;
            edit(range.start..next + letter.len_utf8(), letter.to_string())
        }
        None => {
            let before = text[..range.start].trim_end().len();
            text[..before].ends_with([':', '-']).then_some(())?;
            edit(before..range.end, format!(" {nothing}"))
        }
    }
}

/// The offset of the first text that is neither blank nor a comment.
fn content(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let blanks = line.len() - line.trim_start().len();
        let rest = line.trim();
        if !rest.is_empty() && !rest.starts_with('#') {
            return Some(at + blanks);
        }
        at += line.len();
    }
    None
}

fn is_sibling(text: &str, at: usize, column: usize, is_item: bool) -> bool {
    at - line_start(text, at) == column && text[at..].starts_with("- ") == is_item
}

/// Whether a member or an item comes after another one of the same object or list.
fn has_sibling_before(text: &str, at: usize, column: usize, is_item: bool) -> bool {
    let start = line_start(text, at);
    if !text[start..at].trim().is_empty() {
        return false;
    }
    let lines = text[..start].lines().rev().filter(|line| content(line).is_some());
    for line in lines {
        let dashes = if is_item { line.trim_start_matches(' ') } else { line.trim_start_matches([' ', '-']) };
        let indent = line.len() - dashes.len();
        if indent <= column {
            return indent == column && (!is_item || dashes.starts_with('-'));
        }
        // The item of a list that begins further left.
        if line.len() - line.trim_start_matches(' ').len() < column {
            return false;
        }
    }
    false
}

fn insert(entry: &Entry, key: &str, value: &Literal, text: &str) -> Option<Edit> {
    let at = entry.key_at;
    let member = member(entry, text)?;
    let [value, json] = [written(value, false)?, written(value, true)?];
    if is_flow(text, at) {
        let end = here(&entry.value).range().end;
        let follows = text[end..].trim_start().starts_with([',', '}']);
        let is_json = text[at.range()].starts_with('"');
        let added = if is_json { format!(", \"{key}\": {json}") } else { format!(", {key}: {value}") };
        return follows.then(|| Edit { span: place(at, end..end), text: added });
    }
    let (start, end) = member;
    let line_break = if text[end..].starts_with('\r') { "\r\n" } else { "\n" };
    let indent = " ".repeat(start - line_start(text, start));
    Some(Edit { span: place(at, end..end), text: format!("{line_break}{indent}{key}: {value}") })
}
