//! What is at a place in a file: values, members, and what is known about them. For the editor and the playground.

use crate::engine::{Outcome, Reading};
use crate::source::{FileId, Sources, Span};

pub mod fields;
pub mod tree;
mod value;

/// The files of a run, what was read from them, and what was found in them.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'r> {
    /// The files.
    pub sources: &'r Sources,
    /// The units and settings.
    pub reading: &'r Reading,
    /// The findings.
    pub outcome: &'r Outcome,
}

/// A position between two characters of a file.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The file.
    pub file: FileId,
    /// The offset in bytes.
    pub offset: u32,
}

impl Point {
    /// Whether it is inside a span or at one of its ends.
    pub fn touches(self, span: Span) -> bool {
        span.file == self.file && span.start <= self.offset && self.offset <= span.end
    }
}

/// Describes the value and the key at a point in Markdown, without credentials. Also returns the place of the first
/// description; empty if nothing is known about the point.
pub fn describe(snapshot: Snapshot, point: Point) -> (Option<Span>, Vec<String>) {
    let value = value::describe(snapshot, point);
    let found: Vec<(Span, String)> =
        value.into_iter().chain(fields::describe(snapshot.reading, point)).collect();
    let place = found.first().map(|(span, _)| *span);
    let redactor = &snapshot.outcome.redactor;
    let texts =
        found.iter().map(|(place, text)| redactor.redact_about(text, [*place].into_iter()).into_owned());
    (place, texts.collect())
}
