//! Bytes, white space, comments, and words.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::hcl::parser::{Failure, LineBreaks, Parser, Result};
use crate::syntax::hcl::scan;

impl<'t> Parser<'t> {
    /// The next byte; 0 at the end.
    pub(super) fn peek(&self) -> u8 {
        self.byte(0)
    }

    /// The byte at a distance; 0 after the end.
    pub(super) fn byte(&self, distance: usize) -> u8 {
        let at = self.at + distance;
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.offset + range.start, self.offset + range.end)
    }

    /// Skips spaces and comments, and line breaks where they are space.
    pub(super) fn skip(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' if self.line_breaks == LineBreaks::Space => self.at += 1,
                b'#' => self.skip_line(),
                b'/' if bytes.get(self.at + 1) == Some(&b'/') => self.skip_line(),
                b'/' if bytes.get(self.at + 1) == Some(&b'*') => {
                    let inside = self.text.get(self.at + 2..self.end).unwrap_or_default();
                    self.at = inside.find("*/").map_or(self.end, |end| self.at + 2 + end + 2);
                }
                _ => break,
            }
        }
    }

    /// Skips spaces, comments, and line breaks.
    pub(super) fn skip_lines(&mut self) {
        let around = std::mem::replace(&mut self.line_breaks, LineBreaks::Space);
        self.skip();
        self.line_breaks = around;
    }

    /// Skips a comment up to the end of its line.
    fn skip_line(&mut self) {
        let bytes = &self.text.as_bytes()[self.at..self.end];
        self.at += bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    }

    /// Reads a word; `None` if there is none.
    pub(super) fn identifier(&mut self) -> Option<&'t str> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let first = self.peek();
        if first.is_ascii_digit() || first == b'-' {
            return None;
        }
        loop {
            while self.at < self.end && is_part(bytes[self.at]) {
                self.at += 1;
            }
            // Letters of other scripts are rare.
            match self.rest().chars().next() {
                Some(letter) if !letter.is_ascii() && scan::is_of_name(letter) => {
                    self.at += letter.len_utf8()
                }
                _ => break,
            }
        }
        self.text.get(start..self.at).filter(|word| !word.is_empty())
    }

    /// Reads a keyword; `false`, and nothing is read, if another word is there.
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        let start = self.at;
        let is_there = self.rest().starts_with(keyword) && self.identifier() == Some(keyword);
        if !is_there {
            self.at = start;
        }
        is_there
    }

    /// Returns `true` at a `=` that is not part of `==` or `=>`.
    pub(super) fn is_assignment(&self) -> bool {
        self.peek() == b'=' && !matches!(self.byte(1), b'=' | b'>')
    }

    /// Reads a byte that must be there.
    pub(super) fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek() != byte || self.at == self.end {
            return Err(self.expected(&format!("`{}`", char::from(byte))));
        }
        self.at += 1;
        Ok(())
    }

    /// Reads the bracket that closes the one at `open`.
    pub(super) fn close(&mut self, byte: u8, open: usize) -> Result<()> {
        if self.at == self.end {
            let bracket = self.text.get(open..=open).unwrap_or_default();
            return Err(Failure::Rejected {
                at: open,
                message: format!("this `{bracket}` is never closed"),
                help: None,
            });
        }
        self.expect(byte)
    }

    /// Requires the end of a line, or of the text.
    pub(super) fn end_of_line(&mut self) -> Result<()> {
        self.skip();
        if self.at == self.end || matches!(self.peek(), b'\n') {
            return Ok(());
        }
        let help = (self.peek() == b',').then_some("remove the comma; a line break ends an argument");
        let message = format!("expected the end of the line, found {}", self.found());
        Err(Failure::Rejected { at: self.at, message, help })
    }

    /// The error that something else was expected here.
    pub(super) fn expected(&self, what: &str) -> Failure {
        let message = format!("expected {what}, found {}", self.found());
        Failure::Rejected { at: self.at, message, help: None }
    }

    /// The error that nothing can start like this here.
    pub(super) fn unexpected(&self) -> Failure {
        let found = self.found();
        let message = format!("unexpected {}", found.strip_prefix("the ").unwrap_or(&found));
        Failure::Rejected { at: self.at, message, help: None }
    }

    /// The next word or character, for a message.
    fn found(&self) -> String {
        // The text may be an item of a file.
        let rest = self.text.get(self.at..).unwrap_or_default();
        match rest.chars().next() {
            None => "the end of the file".to_owned(),
            Some('\n' | '\r') => "the end of the line".to_owned(),
            Some(first) if first.is_alphanumeric() => {
                let word: String = rest.chars().take_while(|c| scan::is_of_name(*c)).take(24).collect();
                format!("`{word}`")
            }
            Some(first) => format!("`{first}`"),
        }
    }
}
