//! Converts byte offsets to the client's positions, and back.

use ropey::Rope;
use tower_lsp::ls_types::{InitializeParams, Position, PositionEncodingKind, Range};

use crate::source::{LineIndex, Source, Span};

/// The unit of the client's columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// The protocol's default.
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    /// The client's preferred encoding; all three are supported.
    pub(super) fn negotiate(params: &InitializeParams) -> Encoding {
        let offered =
            params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let mut offered = offered.into_iter().flatten();
        offered
            .find_map(|kind| {
                [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().find(|own| own.kind() == *kind)
            })
            .unwrap_or_default()
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The number of units of a character.
    fn units(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The offset of a position. A position past the end of a line is that end; one inside a character is its start.
    pub(super) fn offset(self, text: &str, lines: &LineIndex, position: Position) -> usize {
        let line = position.line as usize;
        if line >= lines.len() {
            return text.len();
        }
        let mut left = position.character as usize;
        let content = lines.text(text, line);
        let within: usize = content
            .chars()
            .take_while(|letter| {
                let fits = self.units(*letter) <= left;
                left = left.saturating_sub(self.units(*letter));
                fits
            })
            .map(char::len_utf8)
            .sum();
        lines.start(text, line) + within
    }

    /// The same as [`offset`](Encoding::offset) in a text that is being edited, as a number of characters.
    pub(super) fn character(self, rope: &Rope, position: Position) -> usize {
        let line = position.line as usize;
        if line >= rope.len_lines() {
            return rope.len_chars();
        }
        let mut left = position.character as usize;
        let within = rope.line(line).chars().take_while(|letter| {
            let fits = !matches!(letter, '\n' | '\r') && self.units(*letter) <= left;
            left = left.saturating_sub(self.units(*letter));
            fits
        });
        rope.line_to_char(line) + within.count()
    }

    /// The position of an offset. An offset inside a line break is the end of the line.
    fn position(self, source: &Source, offset: usize) -> Position {
        let line = source.line(offset);
        let start = source.line_start(line);
        let end = start + source.lines().text(&source.text, line).len();
        let before = source.text.get(start..offset.min(end)).unwrap_or_default();
        // Files with a single line may be long and have many findings.
        let character = if before.is_ascii() {
            before.len()
        } else {
            before.chars().map(|letter| self.units(letter)).sum()
        };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position::new(number(line), number(character))
    }

    /// The range of a span.
    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        let Span { start, end, .. } = span;
        Range::new(self.position(source, start as usize), self.position(source, end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_takes_as_many_units_as_the_encoding_says() {
        let text = "a😀b";
        let lines = LineIndex::new(text);
        let b = text.len() - 1;
        for (encoding, column) in [(Encoding::Utf8, 5), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
            assert_eq!(encoding.offset(text, &lines, Position::new(0, column)), b);
        }
    }

    #[test]
    fn a_text_that_is_being_edited_has_the_same_places() {
        let text = "a😀b\r\nü\rc\u{2028}d\n\ne";
        let (rope, lines) = (Rope::from_str(text), LineIndex::new(text));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for position in (0..8).flat_map(|line| (0..8).map(move |column| Position::new(line, column))) {
                let character = encoding.character(&rope, position);
                assert_eq!(
                    rope.char_to_byte(character),
                    encoding.offset(text, &lines, position),
                    "{position:?}"
                );
            }
        }
    }

    #[test]
    fn a_position_past_the_end_is_the_end() {
        let text = "ab\r\ncd";
        let lines = LineIndex::new(text);
        assert_eq!(Encoding::Utf16.offset(text, &lines, Position::new(0, 99)), 2);
        assert_eq!(Encoding::Utf16.offset(text, &lines, Position::new(9, 0)), text.len());
    }
}
