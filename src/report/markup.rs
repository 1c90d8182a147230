//! Text in HTML and SVG, in which it has no markup, and the size of a comment.

use std::fmt::Write as _;

use crate::report::obeyed;

/// The most bytes of a comment in Markdown: GitHub and GitLab refuse longer ones than this, with some space for the text around it.
pub(crate) const MAX_COMMENT: usize = 60_000;

/// The text with entities for the characters that have a meaning in HTML and SVG, in content and in quoted attributes, and for those that
/// a CI system would obey. Bidirectional controls are escaped, because an entity would have their effect.
pub(crate) fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut commands = obeyed::obeyed(text).map(|(at, _)| at).peekable();
    for (at, c) in text.char_indices() {
        let is_obeyed = commands.next_if_eq(&at).is_some();
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // XML allows no other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => escaped.push(char::REPLACEMENT_CHARACTER),
            '\n' | '\t' => escaped.push(c),
            _ if is_obeyed && c.is_ascii() => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            _ if is_obeyed => obeyed::escape(c, &mut escaped),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_an_element_or_an_attribute() {
        assert_eq!(
            html("</title><script>'\"&\u{1b}\u{ffff}ü"),
            "&lt;/title&gt;&lt;script&gt;&#39;&quot;&amp;\u{fffd}\u{fffd}ü"
        );
    }

    #[test]
    fn no_text_is_a_command_of_a_ci_system() {
        for text in ["##[error]a", "a ##vso[task.complete]", "a\n::error::b", "\u{2066}a"] {
            let shown = html(text);
            assert!(obeyed::obeyed(&shown).all(|(_, c)| c == '\n'), "{shown:?}");
            assert!(shown.contains('a'), "{shown}");
        }
    }
}
