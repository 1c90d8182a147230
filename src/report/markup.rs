//! Text in HTML and SVG, in which it has no markup, and the size of a comment.

use std::fmt::Write as _;

use crate::report::obeyed::obeyed;

/// The most bytes of a comment in Markdown: GitHub and GitLab refuse longer ones than this, with some space for the text around it.
pub(crate) const MAX_COMMENT: usize = 60_000;

/// The text with entities for the characters that have a meaning in HTML and SVG, in content and in quoted attributes, and for those
/// that a terminal or a CI system would obey: a picture can be written to the log of a job.
pub(crate) fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut obeyed = obeyed(text).map(|(at, _)| at).peekable();
    for (at, c) in text.char_indices() {
        let is_obeyed = obeyed.next_if_eq(&at).is_some();
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // XML allows no other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => escaped.push(char::REPLACEMENT_CHARACTER),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            c if is_obeyed && !matches!(c, '\n' | '\t') => {
                let _ = write!(escaped, "&#x{:x};", u32::from(c));
            }
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
        assert_eq!(html("a ##vso[x]\n\u{2066}b"), "a #&#x23;vso[x]\n&#x2066;b");
    }
}
