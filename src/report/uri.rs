//! File names as RFC 3986 URI references.

use std::fmt::Write;

/// Converts a path with `/` separators to a relative reference, or to a `file:` URI if it is absolute.
pub(crate) fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    match (name.starts_with('/'), is_drive) {
        (true, _) => uri.push_str("file://"),
        (_, true) => uri.push_str("file:///"),
        _ => {}
    }
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte))
            }
            // Writing to a string cannot fail.
            byte => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reference_cannot_hold_is_encoded() {
        assert_eq!(uri("a b/ü#1.json"), "a%20b/%C3%BC%231.json");
        assert_eq!(uri("/srv/x.tf"), "file:///srv/x.tf");
    }
}
