//! Splits command lines into words.

use std::ops::Range;

use crate::secrets::scan::head;

/// Maximum length of a command line in bytes.
const MAX_COMMAND: usize = 1_000;

/// The words of the command line, or the strings of the list, after the name of a program. A word contains its quotes if they do
/// not enclose all of it.
pub(super) fn after(text: &str, start: usize) -> Vec<Range<usize>> {
    // The quote that closes the string with the name.
    let rest = text[start..].trim_start_matches('\\');
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    split(text, text.len() - rest.len())
}

/// The words of the command line that starts at an offset.
fn split(text: &str, begin: usize) -> Vec<Range<usize>> {
    let rest = head(&text[begin..], MAX_COMMAND);
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        match c {
            // A message quotes a command with backticks.
            '|' | ';' | '&' | '`' => break,
            '\n' if !continues(rest, at) => break,
            '"' if ends_string(&rest[at + 1..]) => break,
            c if c.is_whitespace() || ",[]\\".contains(c) => at += c.len_utf8(),
            _ => {
                let length = word(&rest[at..]);
                let found = unquoted(text, begin + at..begin + at + length);
                // A lone dash is an item of a list in YAML, or the standard input.
                words.extend((text[found.clone()] != *"-").then_some(found));
                at += length;
            }
        }
    }
    words
}

/// Whether a command or a list continues after the line break at an offset.
fn continues(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with([',', '[', '\\']) || text[at..].trim_start().starts_with("- ")
}

/// Whether the text behind a comma is another item of a list.
fn separates(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || "\"'\\".contains(c))
}

/// Whether the text behind a quote is not its content: the quote ends the string with the command.
fn ends_string(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || ",]})".contains(c))
}

/// The length of the word at the start of a text, with its quoted parts.
fn word(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"') if !text[..at].ends_with('\\') && ends_string(&text[at + 1..]) => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, ',') if !separates(&text[at + 1..]) => {}
            (None, c) if c.is_whitespace() || ",[]|;&`".contains(c) => return at,
            _ => {}
        }
    }
    text.len()
}

/// A word without the quotes around it.
pub(super) fn unquoted(text: &str, word: Range<usize>) -> Range<usize> {
    let quotes = ['"', '\'', '\\'];
    let written = &text[word.clone()];
    let inner = written.trim_start_matches(quotes);
    let start = word.end - inner.len();
    start..start + inner.trim_end_matches(quotes).len()
}

/// The last word of the `echo` or `printf` whose output is piped into the program at an offset.
pub(super) fn piped(text: &str, program: usize) -> Option<Range<usize>> {
    let near = text.ceil_char_boundary(program.saturating_sub(MAX_COMMAND));
    let before = &text[near..program];
    let pipe = before.rfind('|')?;
    let echo = ["echo ", "printf "]
        .iter()
        .filter_map(|name| Some(before[..pipe].rfind(name)? + name.len()))
        .max()?;
    let words = split(&text[..near + pipe], near + echo);
    words.into_iter().next_back()
}
