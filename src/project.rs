//! All documents of a run and the links between them.

use smol_str::SmolStr;

use crate::node::Node;
use crate::span::{FileId, Span};
use crate::value::{Reads, View};

/// One request that AWS would be sent, or one answer of AWS that tells what is there.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which request.
    pub kind: Kind,
    /// The request in the API's own shape.
    pub request: Node,
    /// What can be linked with it: documents of one scope know each other's addresses.
    pub scope: Scope,
    /// Its address in Terraform, `aws_ecs_service.web`; none in JSON.
    pub address: Option<SmolStr>,
    /// What to point at where something is missing: the block's header, the family, the file's first brace.
    pub title: Span,
}

/// The requests that are understood; each names the API action whose input shape it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ECS `RegisterTaskDefinition`.
    Task,
    /// ECS `CreateService`.
    Service,
}

/// Where a document comes from, for finding the documents that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A JSON file.
    Json(FileId),
    /// A Terraform root, counted from 0.
    Terraform(u32),
}

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
}

/// How a strict reader of the format takes a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// It refuses the file.
    Refused,
    /// It reads on, and something written has no effect.
    Ignored,
}

/// Everything that was read, before a rule looks at it.
#[derive(Debug, Default)]
pub struct Documents {
    /// The documents, in the order of their files.
    pub all: Vec<Document>,
    /// The mistakes in how files are written.
    pub problems: Vec<Problem>,
}

/// What a rule sees of a run. Views that come of it note the unknown values read through them.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    documents: &'a Documents,
    reads: &'a Reads,
}

impl<'a> Project<'a> {
    /// The documents under the eyes of one rule.
    pub fn new(documents: &'a Documents, reads: &'a Reads) -> Project<'a> {
        Project { documents, reads }
    }

    /// The mistakes in how files are written.
    pub fn problems(&self) -> &'a [Problem] {
        &self.documents.problems
    }

    /// Looks at a node of a document.
    pub fn view(&self, node: &'a Node) -> View<'a> {
        View::new(node, self.reads)
    }
}
