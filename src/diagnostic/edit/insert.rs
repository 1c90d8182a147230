//! Inserts a member after another one, in the style of the author.

use crate::diagnostic::edit::Member;
use crate::diagnostic::edit::cut::{blanks, line_end};
use crate::source::line_start;

/// The offset and the text of a member to insert after another one.
pub(super) fn member(text: &str, beside: &Member, key: &str, value: &str) -> Option<(usize, String)> {
    let key = if text[beside.start..].starts_with('"') { format!("\"{key}\"") } else { key.to_owned() };
    let written = format!("{key}{}{value}", between(text, beside, key.chars().count()));
    let start = line_start(text, beside.start);
    let indent = &text[start..beside.start];
    let behind = blanks(text, beside.end);
    let has_comma = text[behind..].starts_with(',');
    let line_ends = line_end(text, beside.end);
    let last_on_line = text[beside.end..line_ends].trim_start_matches([' ', ',', '\t']);
    let comment = last_on_line.starts_with('#') || last_on_line.starts_with("//");
    if !indent.trim().is_empty() || !(last_on_line.is_empty() || comment) {
        return (!is_lonely(text, beside)).then(|| (beside.end, format!(", {written}")));
    }
    let line_break = if text[line_ends..].starts_with('\r') { "\r\n" } else { "\n" };
    // In HCL a line break separates two members as well as a comma; JSON needs the comma.
    if has_comma || beside.sign == ':' {
        Some((beside.end, format!(",{line_break}{indent}{written}")))
    } else {
        Some((line_ends, format!("{line_break}{indent}{written}")))
    }
}

/// The separator between key and value, with its whitespace. Aligned separators stay aligned.
fn between(text: &str, beside: &Member, length: usize) -> String {
    let old = &text[beside.key_end..beside.value];
    let pad = old.len() - old.trim_start().len();
    let tail = &old[old.find(beside.sign).unwrap_or(pad)..];
    let column = text[beside.start..beside.key_end].chars().count() + pad;
    match pad {
        0 | 1 => format!("{}{tail}", " ".repeat(pad)),
        _ => format!("{}{tail}", " ".repeat(column.saturating_sub(length).max(1))),
    }
}

/// Whether it is the only argument of a single-line block, which cannot contain a second one.
fn is_lonely(text: &str, member: &Member) -> bool {
    let before = text[..member.start].trim_end();
    let Some(opener) = before.strip_suffix('{') else { return false };
    let word = opener.trim_end().ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '"'));
    member.sign == '=' && word
}
