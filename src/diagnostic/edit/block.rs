//! Where an HCL block ends.

/// The offset behind the bracket that closes the block whose body opens first from `at` on. None where the text holds
/// what takes a parser to read past: heredocs, templates, comments of several lines.
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

/// The offset of the quote that ends the string whose inside begins at `at`.
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
