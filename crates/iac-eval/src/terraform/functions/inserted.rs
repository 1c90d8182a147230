//! Values that a template inserts into a JSON string without encoding them, and that break the JSON around them.

use std::ops::Range;

use crate::source::{Sources, Span};
use crate::syntax::json::{self, Parsed};
use crate::syntax::{Label, SyntaxError};
use crate::value::Mapped;

/// The maximum number of values for which the text is parsed again.
const MAX_SUSPECTS: usize = 16;

/// The maximum length of an expression that a message repeats.
const MAX_NAME: usize = 60;

/// Parses a text. If inserted values break it, reports each of them once instead of the errors that they cause, and they are unknown.
pub(super) fn parse(sources: &Sources, text: &Mapped<'_>) -> Parsed {
    let parsed = json::parse(text);
    if parsed.errors.is_empty() {
        return parsed;
    }
    let breaks = |range: &Range<usize>| {
        json::parse(&text.without(std::slice::from_ref(range))).errors.len() < parsed.errors.len()
    };
    let suspects = suspects(text).into_iter().take(MAX_SUSPECTS);
    let found: Vec<(Range<usize>, Span)> = suspects.filter(|(range, _)| breaks(range)).collect();
    if found.is_empty() {
        return parsed;
    }
    let ranges: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    let mut rest = json::parse(&text.without(&ranges));
    rest.errors.extend(found.iter().map(|(range, at)| error(sources, text, range, *at)));
    rest.errors.sort_by_key(|error| error.span);
    rest
}

/// The inserted values within a string that contain a character which has a meaning there.
fn suspects(text: &Mapped<'_>) -> Vec<(Range<usize>, Span)> {
    let (mut is_string, mut from) = (false, 0);
    let mut found = Vec::new();
    for (range, at) in text.insertions() {
        is_string ^= has_odd_quotes(&text.text[from..range.start]);
        from = if is_string { range.end } else { range.start };
        if is_string && culprit(&text.text[range.clone()]).is_some() {
            found.push((range, at));
        }
    }
    found
}

/// Returns `true` if a text opens a string that it does not close, or closes one that it does not open.
fn has_odd_quotes(text: &str) -> bool {
    let (mut is_odd, mut is_escaped) = (false, false);
    for byte in text.bytes() {
        is_odd ^= byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
    }
    is_odd
}

/// The character because of which a value must be encoded, in words.
fn culprit(value: &str) -> Option<&'static str> {
    let found = value.chars().find(|letter| matches!(letter, '"' | '\\') || letter.is_control())?;
    Some(match found {
        '"' => "a double quote",
        '\\' => "a backslash",
        '\n' => "a line break",
        _ => "a control character",
    })
}

fn error(sources: &Sources, text: &Mapped<'_>, range: &Range<usize>, at: Span) -> SyntaxError {
    let written = sources.text(at);
    let inner = written.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    let inner = inner.filter(|inner| inner.len() <= MAX_NAME);
    let what = inner.map_or("this value".to_owned(), |inner| format!("the value of `{inner}`"));
    let why = culprit(&text.text[range.clone()]).unwrap_or("a double quote");
    let is_alone = text.text[..range.start].ends_with('"') && text.text[range.end..].starts_with('"');
    let help = match inner {
        Some(inner) if is_alone => {
            format!("encode it, without the quotes around it: `${{jsonencode({inner})}}`")
        }
        _ => "encode the whole string with `jsonencode`".to_owned(),
    };
    let label = Label { span: text.span(range.clone()), message: format!("this value contains {why}") };
    SyntaxError {
        help: Some(help),
        labels: vec![label],
        ..SyntaxError::rejected(at, format!("{what} breaks the JSON around it, because it is not encoded"))
    }
}
