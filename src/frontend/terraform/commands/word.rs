//! Words of scripts, in which parts are computed.

use crate::frontend::terraform::commands::ANY;

/// The word after an option or a key, without quotes, and its place in the text. Parts that the script computes are [`ANY`].
pub(super) fn word(text: &str) -> Option<(String, usize)> {
    let trimmed = text.trim_start_matches(['=', ' ', '\t', '"', '\'', '\\', ',']);
    let start = text.len() - trimmed.len();
    let quote = text[..start].chars().rev().find(|letter| ['"', '\''].contains(letter));
    let mut word = String::new();
    let mut rest = trimmed;
    while let Some(letter) = rest.chars().next() {
        let computed = computed(rest);
        if computed > 0 {
            if !word.ends_with(ANY) {
                word.push(ANY);
            }
            rest = &rest[computed..];
            continue;
        }
        let is_end = match quote {
            Some(quote) => letter == quote || letter == '\n',
            None => letter.is_whitespace() || "\"';|&)`,]".contains(letter),
        };
        if is_end {
            break;
        }
        word.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    let word = word.trim_end_matches('\\').to_owned();
    (!word.is_empty()).then_some((word, start))
}

/// The length of the expression at the start of a text that a shell, a makefile, or a workflow replaces; 0 if there is none.
pub(super) fn computed(text: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    match text {
        _ if text.starts_with("${{") || text.starts_with("{{") => until("}}"),
        _ if text.starts_with("${") => until("}"),
        _ if text.starts_with("$(") => until(")"),
        _ if text.starts_with("$[") => until("]"),
        _ if text.starts_with('%') => {
            let name = text[1..].find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            name.filter(|length| *length > 0 && text[1 + length..].starts_with('%'))
                .map_or(0, |length| length + 2)
        }
        _ if text.starts_with('$') => {
            let name = text[1..].find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            1 + name.unwrap_or(text.len() - 1)
        }
        _ => 0,
    }
}
