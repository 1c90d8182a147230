//! What a run found.

use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::INTERNAL_ERROR;
use crate::engine::fingerprint::Subjects;
use crate::rules::Inconclusive;
use crate::secrets::Redactor;
use crate::source::{FileId, Span};

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, ordered by file name, place and rule; no two alike.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be judged because a value is not known.
    pub inconclusive: Vec<Inconclusive>,
    /// The files that something was read from that concerns ECS.
    pub files: Vec<FileId>,
    /// The calls of Terraform modules whose sources are not on the disk, each once.
    pub unread: Vec<Span>,
    /// Which resource a place belongs to.
    pub subjects: Subjects,
    /// Where credentials stand in plain text: no report shows these bytes.
    pub redactor: Redactor,
}

impl Outcome {
    /// The number of findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }

    /// Whether something ended early by a defect, so that not all was found.
    pub fn has_defects(&self) -> bool {
        self.diagnostics.iter().any(|found| found.rule == INTERNAL_ERROR)
    }

    /// Whether all was found that was asked for.
    pub fn is_whole(&self) -> bool {
        !self.has_defects() && !self.has_broken_settings()
    }

    /// Whether settings could not be read, so that nobody knows what was wanted of the run.
    pub fn has_broken_settings(&self) -> bool {
        let mut broken = self.diagnostics.iter().filter(|found| found.rule == config::INVALID_SETTING);
        broken.any(|found| found.severity == Severity::Error)
    }
}
