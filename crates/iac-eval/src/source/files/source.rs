//! The text of one file.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::source::{LineIndex, Position};

/// One file and its text.
#[derive(Debug)]
pub struct Source {
    /// Its absolute path, without `.` and `..`.
    pub path: PathBuf,
    /// The unmodified text of the file.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl Source {
    pub(super) fn new(path: PathBuf, text: Arc<str>) -> Source {
        Source { path, text, lines: OnceLock::new() }
    }

    /// The line index of the text.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The line (from 0) that contains the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.lines().line(&self.text, offset)
    }

    /// The byte offset at which `line` (from 0) starts.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines().start(&self.text, line)
    }

    /// The position of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset as usize)
    }
}
