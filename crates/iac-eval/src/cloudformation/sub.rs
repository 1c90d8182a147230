//! The placeholders of `Fn::Sub`.

use std::ops::Range;

/// A piece of the text of `Fn::Sub`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text as it is, with its bytes.
    Literal(&'t str, Range<usize>),
    /// `${!Name}`, which gives `${Name}`; the bytes are those of `${`, and of `Name}`.
    Escaped(&'t str, Range<usize>),
    /// `${Name}`, with the name and the bytes of the placeholder.
    Placeholder(&'t str, Range<usize>),
}

/// The pieces of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(start) = text[search..].find("${").map(|at| search + at) {
        let Some(end) = text[start..].find('}').map(|at| start + at + 1) else { break };
        let inner = &text[start + 2..end - 1];
        let piece = match inner.strip_prefix('!') {
            Some(_) => Piece::Escaped(&text[start + 3..end], start + 3..end),
            None if is_name(inner.trim()) => Piece::Placeholder(inner.trim(), start..end),
            None => {
                search = start + 2;
                continue;
            }
        };
        if from < start {
            found.push(Piece::Literal(&text[from..start], from..start));
        }
        found.push(piece);
        from = end;
        search = end;
    }
    if from < text.len() {
        found.push(Piece::Literal(&text[from..], from..text.len()));
    }
    found
}

/// Returns `true` if a text can be the name in a placeholder.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:&{}".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_have_their_bytes() {
        let text = "a-${B}.${C.D}${!E}$${F}$";
        let shown: Vec<(&str, bool)> = pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Literal(part, range) | Piece::Escaped(part, range) => {
                    assert_eq!(part, &text[range]);
                    (part, false)
                }
                Piece::Placeholder(name, range) => {
                    assert_eq!(&text[range], format!("${{{name}}}"));
                    (name, true)
                }
            })
            .collect();
        let expected = [
            ("a-", false),
            ("B", true),
            (".", false),
            ("C.D", true),
            ("E}", false),
            ("$", false),
            ("F", true),
            ("$", false),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_not_a_name_is_text() {
        assert_eq!(pieces("${a b} ${"), [Piece::Literal("${a b} ${", 0..9)]);
    }
}
