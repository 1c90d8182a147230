//! Words of a command line that set parameters: `Name=value`, and `ParameterKey=Name,ParameterValue=value`.

use std::ops::Range;

use smol_str::SmolStr;

use crate::source::Span;
use crate::value::Node;

/// The value that a word sets; `None` if a script computes a part of it.
pub(super) fn assignment(word: &str, at: Span) -> Option<(SmolStr, Node)> {
    let text = word.trim_matches(['"', '\'']);
    let (name, value) = match text.strip_prefix("ParameterKey=") {
        Some(rest) => rest.split_once(",ParameterValue=")?,
        None => text.split_once('=')?,
    };
    let value = value.trim_matches(['"', '\'']);
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_computed = value.contains(['$', '`']) || value.contains("{{");
    if !is_name || is_computed {
        return None;
    }
    let offset = word.rfind(value).filter(|_| !value.is_empty());
    let is_verbatim = at.range().len() == word.len();
    let place = offset.filter(|_| is_verbatim).map_or(at, |offset| at.part(offset..offset + value.len()));
    Some((name.into(), Node::string(SmolStr::from(value), place)))
}

/// The words of a text with their bytes. Quotes hold a word together.
pub(super) fn words(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                start.get_or_insert(at);
            }
            (None, _) if letter.is_whitespace() || letter == '\\' => {
                if let Some(start) = start.take() {
                    found.push((&text[start..at], start..at));
                }
            }
            _ => {
                start.get_or_insert(at);
            }
        }
    }
    if let Some(start) = start {
        found.push((&text[start..], start..text.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn words_are_assignments() {
        let text = "A=1 'B=x y' ParameterKey=C,ParameterValue=z D=$E F=\"g\"";
        let set = |(word, range): (&str, Range<usize>)| {
            let at = Span::new(FileId(0), range.start, range.end);
            let (name, value) = assignment(word, at)?;
            assert_eq!(&text[value.at.range()], value.as_str()?);
            Some(format!("{name}={}", value.as_str()?))
        };
        let found: Vec<String> = words(text).into_iter().filter_map(set).collect();
        assert_eq!(found, ["A=1", "B=x y", "C=z", "F=g"]);
    }
}
