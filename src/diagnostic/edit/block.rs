//! Finds the end of an HCL block.

/// The offset after the bracket that closes the first block body at or after `at`. `None` if the text contains syntax
/// that needs a parser: heredocs, templates, multi-line comments.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = super::cut::blanks(text, at);
    let mut depth = 0_usize;
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    loop {
        match bytes.get(at)? {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'"' => at = string_end(text, at + 1)?,
            b'#' => at = super::cut::line_end(text, at),
            b'/' if text[at..].starts_with("//") => at = super::cut::line_end(text, at),
            b'/' if text[at..].starts_with("/*") => return None,
            b'<' if text[at..].starts_with("<<") => return None,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The offset of the quote that ends the string whose content begins at `at`.
fn string_end(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') => return None,
            _ => at += 1,
        }
    }
}
