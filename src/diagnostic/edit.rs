//! Turns the changes that a rule proposes into edits of the text, in JSON, HCL, and YAML, wherever the JSON is embedded.
//!
//! A node knows where its value was written, which is not always where it can be changed: JSON in a quoted string has
//! escapes, and a number may be computed. Therefore the text itself is checked, and anything that is not plain gets no
//! edit.

use crate::diagnostic::{Change, Edit, Fix, FixProposal, Literal};
use crate::source::{Sources, Span};
use crate::value::{Entry, Node, NodeKind};

mod block;
mod cut;
mod insert;
mod yaml;

/// Returns the fix for a proposal; `None` if the place of any of its changes is not certain.
pub(crate) fn fix(offer: FixProposal, sources: &Sources) -> Option<Fix> {
    let FixProposal { title, safety, changes } = offer;
    let mut edits = changes.iter().map(|change| edit(change, sources)).collect::<Option<Vec<Edit>>>()?;
    let order = |edit: &Edit| (&sources.get(edit.span.file).path, edit.span);
    edits.sort_by(|one, other| order(one).cmp(&order(other)));
    let touches = |a: &Edit, b: &Edit| {
        a.span.file == b.span.file && a.span.start <= b.span.end && b.span.start <= a.span.end
    };
    let apart = edits.iter().enumerate().all(|(index, a)| !edits[..index].iter().any(|b| touches(a, b)));
    (apart && !edits.is_empty()).then_some(Fix { title, safety, edits })
}

fn edit(change: &Change, sources: &Sources) -> Option<Edit> {
    let file = sources.get(change.file());
    if yaml::is_yaml(file) {
        return yaml::edit(change, file, sources);
    }
    match change {
        Change::Set(node, value) => {
            let text = sources.text(node.at);
            let is_bare = !text.starts_with(['"', '\'']);
            let quotes = is_bare && matches!(value, Literal::Text(_)) && in_quotes(node.at, sources);
            let plain = node.used.is_none() && is_written(node, text) && !quotes;
            // Only a switch, whose node is a string, is written as a boolean in place of a word.
            let before = if matches!(node.kind, NodeKind::Bool(_)) { "" } else { text };
            Some(Edit { span: node.at, text: written(value, before)? }).filter(|_| plain)
        }
        Change::Remove(entry) => remove(entry, sources),
        Change::RemoveItem(item) => remove_item(item, sources),
        Change::Insert(behind, key, value) => {
            let text = sources.get(behind.key_at.file).text.as_ref();
            let member = member(behind, text)?;
            let (at, inserted) = insert::member(text, &member, key, &written(value, "")?)?;
            Some(Edit { span: Span::new(behind.key_at.file, at, at), text: inserted })
        }
        Change::Rename(entry, key) => rename(entry, key, sources),
        Change::RemoveComma(span) => {
            (sources.text(*span) == ",").then(|| Edit { span: *span, text: String::new() })
        }
    }
}

/// A member as it is written; all offsets are into the file.
struct Member {
    /// The first byte of its key, including the quote.
    start: usize,
    /// The offset after the key.
    key_end: usize,
    /// The first byte of its value.
    value: usize,
    /// The offset after its value.
    end: usize,
    /// The separator between key and value: `:` or `=`.
    sign: char,
}

/// Finds a member whose value, or a reference to it (`hostPort = var.port`), directly follows its key.
fn member(entry: &Entry, text: &str) -> Option<Member> {
    let key = entry.key_at;
    let places = [Some(entry.value.at), entry.value.used];
    places.into_iter().flatten().filter(|place| place.file == key.file).find_map(|place| {
        let (start, key_end, value, end) =
            (key.range().start, key.range().end, place.range().start, place.range().end);
        let sign = match text.get(key_end..value)?.trim() {
            ":" => ':',
            "=" => '=',
            _ => return None,
        };
        let is_key = text.get(start..key_end)?.trim_matches('"') == entry.written;
        let is_certain = is_key && is_closed(text.get(value..end)?) && ends(text.get(end..)?);
        is_certain.then_some(Member { start, key_end, value, end, sign })
    })
}

/// Whether every string in a value has a closing quote; otherwise the rest of the text would belong to the string.
fn is_closed(value: &str) -> bool {
    let quote = if value.starts_with('\'') { '\'' } else { '"' };
    let plain = value.replace("\\\\", "").replace(&format!("\\{quote}"), "");
    plain.matches(quote).count() % 2 == 0
}

/// Whether a member or an item can end before this text.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    let line_ends = ["\n", "\r\n", "#", "//"].iter().any(|end| rest.starts_with(end));
    rest.is_empty() || line_ends || rest.starts_with([',', '}', ']'])
}

fn remove(entry: &Entry, sources: &Sources) -> Option<Edit> {
    let file = entry.key_at.file;
    let text = sources.get(file).text.as_ref();
    if let Some(member) = member(entry, text) {
        let cut = cut::cut(text, member.start..member.end)?;
        return Some(Edit { span: Span::new(file, cut.start, cut.end), text: String::new() });
    }
    match &entry.value.kind {
        NodeKind::Array(array) if array.items.len() == 1 => remove_block(&array.items[0], sources),
        NodeKind::Object(_) => remove_block(&entry.value, sources),
        _ => None,
    }
}

fn remove_item(item: &Node, sources: &Sources) -> Option<Edit> {
    let (file, range) = (item.at.file, item.at.range());
    let text = sources.get(file).text.as_ref();
    let before = text.get(..range.start)?.trim_end();
    let is_closed = is_closed(text.get(range.clone())?);
    let in_list = is_closed && before.ends_with(['[', ',']) && ends(text.get(range.end..)?);
    if item.used.is_none() && in_list {
        let cut = cut::cut(text, range)?;
        return Some(Edit { span: Span::new(file, cut.start, cut.end), text: String::new() });
    }
    remove_block(item, sources)
}

/// Removes a block, whose place is its header.
fn remove_block(node: &Node, sources: &Sources) -> Option<Edit> {
    let (file, header) = (node.at.file, node.at.range());
    let text = sources.get(file).text.as_ref();
    let word = text.get(header.clone())?;
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let end = block::end(text, header.end).filter(|_| is_word && node.used.is_none())?;
    // Members of the same API object may be written outside the block.
    let inside =
        |entry: &Entry| entry.key_at.file == file && (header.end..end).contains(&entry.key_at.range().start);
    let whole = node.as_object().is_some_and(|object| object.entries.iter().all(inside));
    let cut = cut::lines(text, header.start..end).filter(|_| whole)?;
    Some(Edit { span: Span::new(file, cut.start, cut.end), text: String::new() })
}

fn rename(entry: &Entry, key: &str, sources: &Sources) -> Option<Edit> {
    let text = match sources.text(entry.key_at) {
        bare if bare == entry.written => key.to_owned(),
        quoted if quoted == format!("\"{}\"", entry.written) => format!("\"{key}\""),
        _ => return None,
    };
    Some(Edit { span: entry.key_at, text })
}

/// Whether a number, string, or boolean is a plain literal, neither computed nor escaped.
fn is_written(node: &Node, text: &str) -> bool {
    match &node.kind {
        NodeKind::Number(number) => text == number,
        NodeKind::Bool(value) => text == value.to_string(),
        // In Terraform, a switch is a boolean for which the API has two words.
        NodeKind::String(word) if matches!(text, "true" | "false") => {
            matches!(word.as_str(), "ENABLED" | "DISABLED")
        }
        NodeKind::String(_) | NodeKind::Text(_) => {
            let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
            node.as_str().is_some_and(|value| inside('"').or_else(|| inside('\'')) == Some(value))
        }
        _ => false,
    }
}

/// Whether a place is inside a quoted string, which a quote would end: JSON in a quoted HCL string.
fn in_quotes(at: Span, sources: &Sources) -> bool {
    let text = sources.get(at.file).text.as_ref();
    let before = text.get(..at.range().start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().replace("\\\\", "");
    line.replace("\\\"", "").matches('"').count() % 2 == 1
}

/// The literal for a new value. JSON and HCL use the same syntax, except for text that HCL would read as a template.
fn written(value: &Literal, before: &str) -> Option<String> {
    match value {
        Literal::Number(number) => Some(number.to_string()),
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Text(word) if matches!(before, "true" | "false") && word == "ENABLED" => {
            Some("true".to_owned())
        }
        Literal::Text(word) if matches!(before, "true" | "false") && word == "DISABLED" => {
            Some("false".to_owned())
        }
        Literal::Text(text) if text.contains("${") || text.contains("%{") => None,
        Literal::Text(text) => Some(serde_json::Value::from(text.as_str()).to_string()),
    }
}

#[cfg(test)]
mod tests;
