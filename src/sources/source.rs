//! One file's text.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::model::stars;
use crate::span::{LineIndex, Position};

/// One file's text.
#[derive(Debug)]
pub struct Source {
    /// Its absolute path, without `.` and `..`.
    pub path: PathBuf,
    /// Its text, as it stands in the file.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
    secrets: OnceLock<Vec<Range<usize>>>,
}

impl Source {
    pub(super) fn new(path: PathBuf, text: Arc<str>) -> Source {
        Source { path, text, lines: OnceLock::new(), secrets: OnceLock::new() }
    }

    /// The lines of the text.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The position of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset as usize)
    }

    /// Where the text holds what looks like a credential.
    pub(crate) fn secrets(&self) -> &[Range<usize>] {
        self.secrets.get_or_init(|| match self.is_secret() {
            true => std::iter::once(0..self.text.len()).collect(),
            false => stars::places(&self.text),
        })
    }

    /// Whether it holds nothing but a credential, and is called by what it is: `--var password`, `db-password.txt`.
    fn is_secret(&self) -> bool {
        let is_plain = self.path.extension().is_none_or(|extension| extension == "txt" || extension == "key");
        let name = self.path.file_stem().unwrap_or_default().to_string_lossy();
        is_plain && stars::tells(&name) && !self.text.trim().contains('\n')
    }
}
