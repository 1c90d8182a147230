//! JSON that is safe to print: what a terminal or a CI system obeys is escaped, which does not change the value.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::report::obeyed::obeyed;

/// Writes a value as pretty-printed JSON, with a final line break.
///
/// # Errors
/// Write errors of `out`.
pub fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaped(PrettyFormatter::new())))?;
    writeln!(out)
}

/// Writes a value as JSON on one line.
///
/// # Errors
/// Write errors of `out`.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaped(CompactFormatter)))?;
    writeln!(out)
}

/// Returns the same as [`write()`] as a string.
pub fn text(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let written = write(&mut text, value).ok().and_then(|()| String::from_utf8(text).ok());
    written.unwrap_or_default()
}

/// A formatter that escapes more than JSON requires.
struct Escaped<F>(F);

impl<F: Formatter> Formatter for Escaped<F> {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = 0;
        for (at, c) in obeyed(fragment) {
            out.write_all(&fragment.as_bytes()[rest..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[rest..])
    }

    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_reads_as_it_was() {
        let said = "\u{1b}[31m\u{7f}\u{9b}\r\u{202e}ü\"\\ \u{1F511}";
        let shown = text(&[said]);
        assert!(shown.contains("\\u001b[31m\\u007f\\u009b\\r\\u202eü\\\"\\\\ \u{1F511}"), "{shown}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).ok(), Some(vec![said.to_owned()]));
        assert!(shown.ends_with("\n]\n"));
    }
}
