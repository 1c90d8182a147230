//! What a finding is: plain data that every report, the editor and the fixer read.

use crate::node::Node;
use crate::span::Span;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// One plain sentence that names the offending value, without a final period.
    pub message: String,
    /// The bytes to change.
    pub span: Span,
    /// The other facts that make it so.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// An edit that mends it.
    pub fix: Option<Fix>,
}

/// How grave a finding is; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// AWS refuses it, or the task cannot start or become healthy.
    Error,
    /// It deploys, and is likely wrong.
    Warning,
}

impl Severity {
    /// The word for it, as the reports print it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
}

/// An edit that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "set `hostPort` to 80".
    pub title: String,
    /// Whether it can be applied unseen.
    pub safety: Safety,
    /// The edits, none touching another.
    pub edits: Vec<Edit>,
}

/// Whether a fix can be applied without a person looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// What AWS is sent means the same, or what was meant is certain.
    Safe,
    /// One good guess.
    Unsafe,
}

/// Bytes to put in place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

/// A place a rule points at: where a value was written and, if that is elsewhere, where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bytes.
    pub span: Span,
    /// Where the value is used, if it was written elsewhere.
    pub used: Option<Span>,
}

impl From<Span> for Place {
    fn from(span: Span) -> Place {
        Place { span, used: None }
    }
}

impl From<&Node> for Place {
    fn from(node: &Node) -> Place {
        Place { span: node.at, used: node.used }
    }
}

/// What a rule says; [`crate::rules::Report`] makes a [`Diagnostic`] of it.
#[derive(Clone, Debug)]
pub struct Finding {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) labels: Vec<Label>,
    pub(crate) help: Option<String>,
    pub(crate) fix: Option<Fix>,
    pub(crate) severity: Option<Severity>,
}

impl Finding {
    /// A finding at the bytes to change, said in one plain sentence.
    pub fn at(place: impl Into<Place>, message: impl Into<String>) -> Finding {
        Finding {
            place: place.into(),
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
            severity: None,
        }
    }

    /// Adds another fact that makes it so.
    #[must_use]
    pub fn label(mut self, place: impl Into<Place>, message: impl Into<String>) -> Finding {
        let Place { span, .. } = place.into();
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// Offers an edit.
    #[must_use]
    pub fn fix(mut self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Finding {
        let title = title.into();
        self.fix = Some(Fix { title, safety, edits });
        self
    }

    /// Makes it a warning, whatever the rule's category says.
    #[must_use]
    pub fn warning(mut self) -> Finding {
        self.severity = Some(Severity::Warning);
        self
    }
}
