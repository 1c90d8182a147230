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

    /// The position of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset as usize)
    }
}
