//! Findings as plain data, which all reports, the editor, and the fixer read.

pub mod edit;

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use crate::address::{ResourceId, ResourceRef};
use crate::resource::Resource;
use crate::source::{FileId, Span};
use crate::value::{Entry, Node};

pub use crate::syntax::Label;

/// The label of the place where a value is used, if it is written elsewhere.
pub const USED_HERE: &str = "used here";

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// One plain sentence that names the offending value, without a final period.
    pub message: String,
    /// The bytes to change.
    pub span: Span,
    /// The other facts that contribute to the finding.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// An edit that fixes it.
    pub fix: Option<Fix>,
    /// The resources whose values it is about, of all that have a value at these places; empty if that is not known.
    pub resources: Vec<ResourceRef>,
}

/// Severity of a finding, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS rejects it, or the task cannot start or become healthy.
    Error,
    /// It deploys, but is likely wrong.
    Warning,
}

impl Severity {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// An edit that fixes a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "set `hostPort` to 80".
    pub title: String,
    /// Whether it can be applied without review.
    pub safety: Safety,
    /// The edits, ordered by position. They do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix can be applied without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The request to AWS keeps its meaning, or the intended value is certain.
    Safe,
    /// A good guess.
    Unsafe,
}

impl Safety {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// A replacement of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A change to a resource, independent of the language it is written in. [`crate::diagnostic::edit`] finds the bytes;
/// if they are not certain, no fix is offered.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Replaces this number, string, or boolean with another value.
    Set(Node, Literal),
    /// Removes a member from its object, with its comma or line. If it is a block, removes the whole block.
    Remove(Entry),
    /// Removes an item from its list. If the item is a block, removes the block.
    RemoveItem(Node),
    /// Inserts a member with this key and value after this one, in the same object.
    Insert(Entry, String, Literal),
    /// Replaces the key of this member.
    Rename(Entry, String),
    /// Removes a comma.
    RemoveComma(Span),
}

/// A value that a change writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A string.
    Text(String),
    /// A number.
    Number(i64),
    /// A boolean.
    Bool(bool),
}

impl From<&str> for Literal {
    fn from(text: &str) -> Literal {
        Literal::Text(text.to_owned())
    }
}

impl From<i64> for Literal {
    fn from(number: i64) -> Literal {
        Literal::Number(number)
    }
}

impl From<bool> for Literal {
    fn from(value: bool) -> Literal {
        Literal::Bool(value)
    }
}

impl Change {
    /// The file that it changes.
    pub(crate) fn file(&self) -> FileId {
        match self {
            Change::Set(node, _) | Change::RemoveItem(node) => node.at.file,
            Change::Remove(entry) | Change::Insert(entry, ..) | Change::Rename(entry, _) => entry.key_at.file,
            Change::RemoveComma(span) => span.file,
        }
    }

    /// Replaces a number, a string, or a boolean with `value`.
    pub fn set(node: &Node, value: impl Into<Literal>) -> Change {
        Change::Set(node.clone(), value.into())
    }

    /// Removes a member from its object.
    pub fn remove(entry: &Entry) -> Change {
        Change::Remove(entry.clone())
    }

    /// Removes an item from its list.
    pub fn remove_item(item: &Node) -> Change {
        Change::RemoveItem(item.clone())
    }

    /// Inserts a member after another one; `key` is the key in the author's language, the name of a
    /// [`crate::view::Field`].
    pub fn insert(behind: &Entry, key: impl Into<String>, value: impl Into<Literal>) -> Change {
        Change::Insert(behind.clone(), key.into(), value.into())
    }

    /// Replaces the key of a member.
    pub fn rename(entry: &Entry, key: impl Into<String>) -> Change {
        Change::Rename(entry.clone(), key.into())
    }
}

/// A fix as a rule proposes it.
#[derive(Clone, Debug)]
pub struct FixProposal {
    pub(crate) title: String,
    pub(crate) safety: Safety,
    pub(crate) changes: Vec<Change>,
}

/// The place that a rule points at: where a value was written and, if different, where it is used. Two places are the same if their
/// bytes are.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The bytes.
    pub span: Span,
    /// Where the value is used, if it was written somewhere else.
    pub used: Option<Span>,
    /// The resource that has the value. Many resources can have values with the same bytes: the instances of a block, and of a module.
    pub of: Option<ResourceId>,
}

impl PartialEq for Place {
    fn eq(&self, other: &Place) -> bool {
        (self.span, self.used) == (other.span, other.used)
    }
}

impl Eq for Place {}

impl Hash for Place {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.span, self.used).hash(state);
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Place {
        Place { span, used: None, of: None }
    }
}

impl Place {
    /// The key of a member, for findings about the key.
    pub fn key(entry: &Entry) -> Place {
        Place { span: entry.key_at, used: entry.value.used, of: None }
    }

    /// The header of a resource, for findings about all of it.
    pub fn header(resource: &Resource) -> Place {
        Place { of: Some(resource.id), ..Place::from(resource.header) }
    }
}

impl From<&Node> for Place {
    fn from(node: &Node) -> Place {
        Place { span: node.at, used: node.used, of: None }
    }
}

/// A finding as a rule creates it; [`crate::rules::Report`] turns it into a [`Diagnostic`].
#[derive(Clone, Debug)]
pub struct Finding {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) labels: Vec<Label>,
    pub(crate) help: Option<String>,
    pub(crate) fix: Option<FixProposal>,
    pub(crate) severity: Option<Severity>,
    /// The resources of its labels.
    pub(crate) others: Vec<ResourceId>,
}

impl Finding {
    /// The files of the labels.
    pub(crate) fn other_files(&self) -> BTreeSet<FileId> {
        let labels = self.labels.iter().map(|label| label.span.file);
        labels.chain(self.place.used.map(|used| used.file)).collect()
    }

    /// Creates a finding at the bytes to change, with a one-sentence message.
    pub fn at(place: impl Into<Place>, message: impl Into<String>) -> Finding {
        Finding {
            place: place.into(),
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
            severity: None,
            others: Vec::new(),
        }
    }

    /// Adds another fact that contributes to the finding.
    #[must_use]
    pub fn label(mut self, place: impl Into<Place>, message: impl Into<String>) -> Finding {
        let Place { span, of, .. } = place.into();
        self.others.extend(of);
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds other facts that contribute to the finding. Accepts an `Option` for a fact that may be absent.
    #[must_use]
    pub fn labels<P: Into<Place>, M: Into<String>>(self, facts: impl IntoIterator<Item = (P, M)>) -> Finding {
        facts.into_iter().fold(self, |finding, (place, message)| finding.label(place, message))
    }

    /// Adds the resource of another place to those that the finding is about.
    #[must_use]
    pub fn about(mut self, place: Place) -> Finding {
        self.others.extend(place.of);
        self
    }

    /// Sets the help: what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// Proposes a fix; `title` describes it in the imperative. No fix is offered if the bytes to change are not
    /// certain or if there are no changes.
    #[must_use]
    pub fn fix(
        mut self,
        safety: Safety,
        title: impl Into<String>,
        changes: impl IntoIterator<Item = Change>,
    ) -> Finding {
        let (title, changes) = (title.into(), changes.into_iter().collect());
        self.fix = Some(FixProposal { title, safety, changes });
        self
    }

    /// Sets the severity to error, regardless of the rule's category.
    #[must_use]
    pub fn error(mut self) -> Finding {
        self.severity = Some(Severity::Error);
        self
    }

    /// Sets the severity to warning, regardless of the rule's category.
    #[must_use]
    pub fn warning(mut self) -> Finding {
        self.severity = Some(Severity::Warning);
        self
    }
}
