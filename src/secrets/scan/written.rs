//! Reads the value after a name, in any language: `"name": "x"`, `name = "x"`, `name: x`, `NAME=x`, `--name x`, `name
//! = <<EOT`, and strings in strings (`\"name\": \"x\"`).

use std::borrow::Cow;
use std::ops::Range;

use crate::secrets::names::{self, Reveals};
use crate::secrets::scan::{head, shell};

/// The text after a name.
pub(super) enum Written {
    /// A value, without its quotes.
    Value(Range<usize>),
    /// The content of an object or a block.
    Block(Range<usize>),
}

/// Maximum lengths in bytes, because a text may have any number of names in one value.
const MAX_BLOCK: usize = 2_000;
const MAX_STRING: usize = 10_000;
const MAX_WORD: usize = 500;
const MAX_HEREDOC: usize = 1_000;
const MAX_BEFORE: usize = 200;
const MAX_CLAUSE: usize = 60;

/// Whether a value is longer than what is read of it.
pub(super) fn is_cut(value: &Range<usize>) -> bool {
    let is_near = |most: usize| (most - 3..=most).contains(&value.len());
    is_near(MAX_WORD) || is_near(MAX_STRING)
}

/// The first words of Terraform references.
const REFERENCES: [&str; 14] = [
    "var.",
    "local.",
    "data.",
    "module.",
    "each.",
    "self.",
    "path.",
    "count.",
    "aws_",
    "random_",
    "vault_",
    "tls_",
    "terraform.",
    "ephemeral.",
];

/// Reads the text after a name.
pub(super) fn behind(text: &str, name: &Range<usize>) -> Option<Written> {
    let is_option = text[name.clone()].starts_with('-');
    let rest = &text[name.end..];
    let bare = rest.trim_start_matches(['\\', '"', '\'', '`', ']']);
    let signs = bare.trim_start();
    let value = match signs.as_bytes().first()? {
        b'{' if text[name.end..].starts_with(['"', ' ']) => signs,
        b'=' if !signs.starts_with("==") => signs[1..].trim_start_matches('>'),
        b':' => signs[1..].trim_start_matches('='),
        // The text of an element of XML, and the function of SQL.
        b'>' if text[..name.start].ends_with('<') => &signs[1..],
        b'(' if rest.starts_with("('") => &signs[1..],
        b',' if is_option => &signs[1..],
        // The next item of a list in YAML.
        b'-' if is_option && bare.trim_start_matches(' ').starts_with(['\n', '\r']) => {
            signs[1..].trim_start()
        }
        _ if is_option && bare.starts_with(' ') => signs,
        // SQL.
        b'\'' if rest.starts_with(' ') => signs,
        b'\\' if rest.starts_with(" \\'") => signs,
        _ if is_set(text, name.start) => signs,
        _ => return None,
    };
    let is_apart = value.starts_with(' ');
    let trimmed = value.trim_start();
    // A string of SQL with national characters.
    let trimmed = trimmed.strip_prefix('N').filter(|rest| rest.starts_with('\'')).unwrap_or(trimmed);
    let at = text.len() - trimmed.len();
    let is_next_line = value[..value.len() - trimmed.len()].contains('\n');
    let slashes = trimmed.len() - trimmed.trim_start_matches('\\').len();
    match trimmed[slashes..].chars().next()? {
        quote @ ('"' | '\'' | '`') => Some(Written::Value(quoted(text, at + slashes + 1, quote, slashes))),
        _ if is_next_line => None,
        '{' => Some(braced(text, at).map_or_else(|| Written::Block(block(text, at)), Written::Value)),
        '<' if trimmed.starts_with("<<") => heredoc(text, at).map(Written::Value),
        _ => {
            let word = bare_word(text, at, is_apart)?;
            // A word after a colon in the middle of a line is prose.
            let is_prose = signs.starts_with(':') && is_apart && !begins_line(text, name.start);
            (!is_prose || text[word.clone()].contains(|c: char| !c.is_alphabetic()))
                .then_some(Written::Value(word))
        }
    }
}

/// Texts before a name whose value follows without a sign: `config set NAME VALUE`.
const SETTERS: [&str; 3] = ["set ", "SET ", "set --global "];

/// Whether a name is the argument of a command that sets its value, or follows a user name, as in a netrc file.
fn is_set(text: &str, name: usize) -> bool {
    let before = &text[text.ceil_char_boundary(name.saturating_sub(MAX_BEFORE))..name];
    let before = before.trim_end_matches(['/', ':', '_', '-', '.', '"', '\'']);
    let word = before.trim_end_matches(|c: char| !c.is_whitespace());
    let is_login = || {
        let user = before.trim_end();
        user.trim_end_matches(|c: char| !c.is_whitespace()).trim_end().ends_with("login")
    };
    SETTERS.iter().any(|setter| word.ends_with(setter)) || is_login()
}

/// The password after the first words of a clause of SQL: `IDENTIFIED BY '…'`, `IDENTIFIED WITH plugin BY '…'`.
pub(super) fn sql(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = head(&text[start..], MAX_CLAUSE);
    let by = ["BY ", "by ", "AS ", "as "].iter().filter_map(|by| Some(rest.find(by)? + by.len())).min()?;
    let at = text.len() - text[start + by..].trim_start().len();
    let slashes = text[at..].len() - text[at..].trim_start_matches('\\').len();
    let place = match text[at + slashes..].chars().next()? {
        quote @ ('"' | '\'') => quoted(text, at + slashes + 1, quote, slashes),
        _ => word(text, at),
    };
    names::fits(&text[place.clone()], Reveals::Password).then_some(place)
}

/// Whether a name is the first word of its line, as in YAML.
fn begins_line(text: &str, name: usize) -> bool {
    let before = text[..name].trim_end_matches([' ', '\t', '-', '"', '\'']);
    before.ends_with(['\n', '\r']) || before.ends_with("\\n") || text[..name].trim().is_empty()
}

/// The keys with these names in a part of a text.
pub(super) fn keys<'t>(
    text: &'t str,
    part: Range<usize>,
    names: &'t [&str],
) -> impl Iterator<Item = Range<usize>> + 't {
    let of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let mut at = part.start;
    std::iter::from_fn(move || {
        while let Some(start) = text.as_bytes()[at..part.end].iter().position(|byte| of_word(*byte)) {
            let start = at + start;
            let length = text.as_bytes()[start..part.end].iter().take_while(|byte| of_word(**byte)).count();
            at = start + length;
            let signs = text[at..].trim_start_matches(['\\', '"', '\'', '`']).trim_start();
            // The letter of a JSON escape (`
            // `) precedes the word.
            let word = &text[start..at];
            let is_named = |name: &&&str| word.eq_ignore_ascii_case(name);
            if signs.starts_with([':', '=']) && names.iter().any(|name| is_named(&name)) {
                return Some(start..at);
            }
        }
        None
    })
}

/// The value without references: `${…}`, `{{…}}`, `<…>`.
pub(super) fn without_references(value: &str) -> Cow<'_, str> {
    let mut rest = Cow::Borrowed(value);
    for (open, close) in [("${", "}"), ("{{", "}}"), ("$(", ")"), ("<", ">")] {
        while let Some(start) = rest.find(open) {
            let close_at = rest[start..].find(close).map(|end| start + end + close.len());
            // A password may contain this sign.
            let Some(end) = close_at.or_else(|| (open != "<").then_some(rest.len())) else { break };
            rest = Cow::Owned([&rest[..start], &rest[end..]].concat());
        }
    }
    rest
}

/// A string, from the offset after its opening quote and the number of backslashes before it, to the same quote or the
/// end of the line.
fn quoted(text: &str, start: usize, quote: char, slashes: usize) -> Range<usize> {
    let mut before = 0;
    let rest = head(&text[start..], MAX_STRING);
    for (at, c) in rest.char_indices() {
        let closes = match slashes {
            0 => before % 2 == 0,
            _ => before <= slashes,
        };
        match c {
            '\n' => return start..start + at,
            '\\' => before += 1,
            c if c == quote && closes => return start..start + at - before.min(slashes),
            _ => before = 0,
        }
    }
    start..start + rest.len()
}

/// A word without quotes; `None` if it is an expression.
fn bare_word(text: &str, start: usize, is_apart: bool) -> Option<Range<usize>> {
    let start = shell::without_scheme(text, start..text.len()).start;
    let place = word(text, start);
    let word = &text[place.clone()];
    let is_call = text[place.end..].starts_with(['(', '[', '{']);
    // A tag of YAML precedes what it is about.
    let is_tag = is_apart && word.starts_with('!');
    let is_reference =
        is_tag || word.starts_with('$') || REFERENCES.iter().any(|first| word.starts_with(first));
    let is_path = is_apart && word.contains('.') && word.starts_with(|c: char| c.is_ascii_lowercase());
    (!is_call && !is_reference && !is_path).then_some(place)
}

/// The word at an offset.
pub(super) fn word(text: &str, start: usize) -> Range<usize> {
    let rest = head(&text[start..], MAX_WORD);
    let ends = |c: char| c.is_whitespace() || "\"'`,;&|<>(){}[]\\".contains(c);
    start..start + rest.find(ends).unwrap_or(rest.len())
}

/// The lines of a heredoc.
fn heredoc(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = head(&text[start..], MAX_HEREDOC);
    let (first, lines) = rest.split_once('\n')?;
    let mark = first.trim_start_matches(['<', '-']).trim();
    let mut at = start + first.len() + 1;
    let begin = at;
    for line in lines.split_inclusive('\n') {
        if line.trim() == mark {
            break;
        }
        at += line.len();
    }
    Some(begin..at)
}

/// The word between braces, as in a connection string for ODBC.
fn braced(text: &str, start: usize) -> Option<Range<usize>> {
    let place = word(text, start + 1);
    (!place.is_empty() && text[place.end..].starts_with('}')).then_some(place)
}

/// The content of the block that a brace opens.
fn block(text: &str, start: usize) -> Range<usize> {
    let mut depth = 0;
    let mut in_string = false;
    for (at, byte) in text.as_bytes()[start..].iter().take(MAX_BLOCK).enumerate() {
        match byte {
            b'"' => in_string = !in_string,
            b'\n' => in_string = false,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return start..start + at;
        }
    }
    start..text.floor_char_boundary((start + MAX_BLOCK).min(text.len()))
}
