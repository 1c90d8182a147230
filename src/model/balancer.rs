//! A target group: the input of ELBv2 `CreateTargetGroup`, or what `DescribeTargetGroups` says of one.

use crate::diagnostic::Place;
use crate::project::{Document, Forwarded, Project};
use crate::value::{Value, View};

/// A target group.
#[derive(Clone, Copy, Debug)]
pub struct TargetGroup<'a> {
    /// The project it is part of.
    pub project: Project<'a>,
    /// Its document.
    pub document: &'a Document,
    /// Its request.
    pub view: View<'a>,
}

impl<'a> TargetGroup<'a> {
    /// The view of a document of [`crate::project::Kind::TargetGroup`].
    pub fn new(project: Project<'a>, document: &'a Document) -> TargetGroup<'a> {
        TargetGroup { project, document, view: project.view(document) }
    }

    /// What to point at where something is missing.
    pub fn title(self) -> Place {
        Place::from(self.document.title)
    }

    /// `TargetType`; instance where it is missing.
    pub fn target_type(self) -> Value<&'a str> {
        self.view.str("TargetType").or_default("instance", self.title())
    }

    /// `HealthCheckPort`; the port that traffic goes to where it is missing.
    pub fn health_check_port(self) -> Value<&'a str> {
        self.view.scalar("HealthCheckPort").or_default("traffic-port", self.title())
    }

    /// Whether a listener or a listener rule forwards to it.
    pub fn forwarded(self) -> Forwarded {
        self.project.forwarded(self.document)
    }
}
