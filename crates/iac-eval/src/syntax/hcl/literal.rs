//! Literal text in quoted strings and heredocs, split into pieces that are in the file byte for byte.

use crate::source::{FileId, Span};
use crate::syntax::hcl::Part;

/// The pieces of the raw bytes of a quoted string, without its quotes: runs without escapes, and each escape.
pub(super) fn quoted(file: FileId, raw: &str, start: usize) -> Vec<Part> {
    pieces(file, raw, start, escape)
}

/// The pieces of a heredoc's raw bytes: its lines, each without the indentation that `<<-` takes off.
pub(super) fn heredoc(file: FileId, raw: &str, start: usize, indent: usize, begins_line: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    for line in raw.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        // Terraform keeps lines of white space alone.
        let is_blank = line.trim().is_empty() && line.ends_with('\n');
        let skipped = if (at > 0 || begins_line) && !is_blank { blank.min(indent) } else { 0 };
        parts.extend(pieces(file, &line[skipped..], start + at + skipped, doubled));
        at += line.len();
    }
    parts
}

/// Splits raw text at its escapes: each is a piece of its own, with the text it stands for.
fn pieces(file: FileId, raw: &str, start: usize, escape: fn(&str) -> Option<(String, usize)>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut piece = |text: &str, from: usize, to: usize| {
        if from < to {
            parts.push(Part::Literal(text.into(), Span::new(file, start + from, start + to)));
        }
    };
    let (mut from, mut at) = (0, 0);
    while let Some(found) = raw[at..].find(['\\', '$', '%']) {
        at += found;
        match escape(&raw[at..]) {
            Some((text, length)) => {
                piece(&raw[from..at], from, at);
                piece(&text, at, at + length);
                at += length;
                from = at;
            }
            None => at += 1,
        }
    }
    piece(&raw[from..], from, raw.len());
    parts
}

/// The text of the escape that raw text begins with, and its length.
fn escape(raw: &str) -> Option<(String, usize)> {
    let simple = |text: &str| Some((text.to_owned(), 2));
    match raw.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
        Some('n') => simple("\n"),
        Some('t') => simple("\t"),
        Some('r') => simple("\r"),
        Some('"') => simple("\""),
        Some('\\') => simple("\\"),
        Some('u') => unicode(raw, 4),
        Some('U') => unicode(raw, 8),
        _ => doubled(raw),
    }
}

fn unicode(raw: &str, digits: usize) -> Option<(String, usize)> {
    let code = u32::from_str_radix(raw.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?.to_string(), 2 + digits))
}

/// `$${` and `%%{`, the only escapes of a heredoc.
fn doubled(raw: &str) -> Option<(String, usize)> {
    (raw.starts_with("$${") || raw.starts_with("%%{")).then(|| (raw[1..3].to_owned(), 3))
}
