//! Mistakes in how files are written.

use crate::diagnostic::Label;
use crate::span::Span;

/// A mistake in how a file is written, found while reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What is wrong, in one sentence without a final period.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Whether a reader of the format gives up at it, or goes on.
    pub grade: Grade,
    /// What led to it.
    pub labels: Vec<Label>,
    /// Whether all is well once what stands at the place is taken out.
    pub is_superfluous: bool,
}

impl Problem {
    /// A mistake for which a file is refused.
    pub(crate) fn refused(span: Span, message: impl Into<String>) -> Problem {
        let message = message.into();
        Problem {
            span,
            message,
            help: None,
            grade: Grade::Refused,
            labels: Vec::new(),
            is_superfluous: false,
        }
    }

    /// The bytes that may be meant to belong elsewhere: of what stands there, only mistakes in writing are certain.
    pub(crate) fn doubtful(&self) -> Option<Span> {
        match self.grade {
            Grade::Broken(behind) => Some(behind),
            Grade::Refused | Grade::Ignored => None,
        }
    }
}

/// How a strict reader of the format takes a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// It refuses the file.
    Refused,
    /// It refuses the file, and these bytes, behind the mistake, may be meant to belong elsewhere.
    Broken(Span),
    /// It reads on, and something written has no effect.
    Ignored,
}
