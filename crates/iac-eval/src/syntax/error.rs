//! Mistakes in source files: in their syntax, and in expressions that their language rejects.

use crate::source::Span;

/// A place that explains an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it has to do with the error.
    pub message: String,
}

/// A mistake in a source file: one of syntax, or an expression that the language rejects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What is wrong, in one sentence without a final period.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Whether a reader of the format gives up at it, or goes on.
    pub kind: SyntaxErrorKind,
    /// What led to it.
    pub labels: Vec<Label>,
    /// Whether the file is right once the bytes at the place are removed.
    pub is_superfluous: bool,
}

impl SyntaxError {
    /// An error for which a strict reader rejects the file.
    pub fn rejected(span: Span, message: impl Into<String>) -> SyntaxError {
        let message = message.into();
        SyntaxError {
            span,
            message,
            help: None,
            kind: SyntaxErrorKind::Rejected,
            labels: Vec::new(),
            is_superfluous: false,
        }
    }

    /// The bytes after the mistake that may be meant to belong elsewhere: there, only other syntax errors are certain.
    pub fn recovered_region(&self) -> Option<Span> {
        match self.kind {
            SyntaxErrorKind::Broken(behind) => Some(behind),
            SyntaxErrorKind::Rejected | SyntaxErrorKind::Ignored => None,
        }
    }
}

/// What a strict reader of the format does at the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// It rejects the file.
    Rejected,
    /// It rejects the file, and these bytes, behind the mistake, may be meant to belong elsewhere.
    Broken(Span),
    /// It reads on, and something written has no effect.
    Ignored,
}
