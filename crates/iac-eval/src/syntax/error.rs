//! Errors in source files: syntax errors, and expressions that their language rejects.

use crate::source::Span;

/// A related place that helps to explain an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// How the place relates to the error.
    pub message: String,
}

/// An error in a source file: a syntax error, or an expression that the language rejects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The place of the error.
    pub span: Span,
    /// The problem, in one sentence without a final period.
    pub message: String,
    /// The suggested change.
    pub help: Option<String>,
    /// How a strict reader of the format reacts to the error.
    pub kind: SyntaxErrorKind,
    /// Related places.
    pub labels: Vec<Label>,
    /// Whether removing the bytes at `span` fixes the error.
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

    /// A limit that is reached at a place: what is beyond it is not read.
    pub fn limit(span: Span, message: impl Into<String>) -> SyntaxError {
        SyntaxError { kind: SyntaxErrorKind::Limit, ..SyntaxError::rejected(span, message) }
    }

    /// Whether it is a limit that is reached.
    pub fn is_limit(&self) -> bool {
        self.kind == SyntaxErrorKind::Limit
    }

    /// The bytes after the error whose nesting is uncertain. Within them, only other syntax errors are certain.
    pub fn recovered_region(&self) -> Option<Span> {
        match self.kind {
            SyntaxErrorKind::Broken(behind) => Some(behind),
            SyntaxErrorKind::InTemplate(behind) => behind,
            SyntaxErrorKind::Rejected
            | SyntaxErrorKind::Outdated
            | SyntaxErrorKind::Ignored
            | SyntaxErrorKind::Limit => None,
        }
    }
}

/// How a strict reader of the format reacts to an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// It rejects the file.
    Rejected,
    /// It rejects the file. The nesting of these bytes after the error is uncertain.
    Broken(Span),
    /// It would reject the file, but the file is a template, whose output may be correct. The nesting of these bytes after
    /// the error is uncertain.
    InTemplate(Option<Span>),
    /// It rejects the file, which is written for an earlier version of the language and was read as such. One report is enough for
    /// all files.
    Outdated,
    /// It accepts the file, but something in the file has no effect.
    Ignored,
    /// It accepts the file, but ecslint does not read the rest of what is at the place.
    Limit,
}
