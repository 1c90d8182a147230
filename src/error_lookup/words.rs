//! The words of an error text.

/// One word of an error text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case.
    pub text: String,
    /// `true` if it follows a quotation mark: the name of a setting, or an author's own name.
    pub is_quoted: bool,
}

/// The words of a text: letters, digits, and underscores. ARNs and placeholders (`…`) are omitted.
pub(super) fn words(text: &str) -> Vec<Word> {
    let text = text.replace("\\n", " ").replace("\\t", " ");
    let pieces = text.split_whitespace().filter(|piece| !piece.contains("arn:"));
    pieces.flat_map(words_of_piece).collect()
}

/// The words of a text without spaces.
fn words_of_piece(piece: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut before = None;
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    for part in piece.split_inclusive(|c: char| !is_part(c)) {
        let (word, after) = match part.char_indices().next_back() {
            Some((at, last)) if !is_part(last) => (&part[..at], Some(last)),
            _ => (part, None),
        };
        if !word.is_empty() {
            let is_quoted = before.is_some_and(|mark| "'\"`‘“".contains(mark));
            words.push(Word { text: word.to_lowercase(), is_quoted });
        }
        before = after;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_at_marks_and_arns_are_left_out() {
        let found: Vec<(String, bool)> = words("When networkMode=awsvpc, 'memory' of arn:aws:ecs:x: … i/o")
            .into_iter()
            .map(|word| (word.text, word.is_quoted))
            .collect();
        let expected = ["when", "networkmode", "awsvpc", "memory", "of", "i", "o"];
        assert_eq!(found, expected.map(|word| (word.to_owned(), word == "memory")));
    }
}
