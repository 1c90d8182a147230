//! What a finding is: plain data that every report, the editor and the fixer read.

pub mod edit;

use crate::source::Span;
use crate::value::{Entry, Node};

pub use crate::syntax::Label;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// An edit that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "set `hostPort` to 80".
    pub title: String,
    /// Whether it can be applied unseen.
    pub safety: Safety,
    /// The edits, in the order of their places, none touching another.
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

impl Safety {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// Bytes to put in place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

/// A change to a resource, said without regard to the language it is written in. [`crate::diagnostic::edit`] finds the bytes, and
/// where it cannot be certain of them there is no fix.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Writes another value in place of this number, string or boolean.
    Set(Node, Literal),
    /// Takes a member out of its object, with its comma or its line; a block with all that is in it.
    Remove(Entry),
    /// Takes an item out of its list; of blocks, the block.
    RemoveItem(Node),
    /// Writes another member behind this one, in the same object: its key and its value.
    Insert(Entry, String, Literal),
    /// Writes another key in place of this member's.
    Rename(Entry, String),
    /// Takes out a comma.
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
    /// Writes `value` in place of a number, a string or a boolean.
    pub fn set(node: &Node, value: impl Into<Literal>) -> Change {
        Change::Set(node.clone(), value.into())
    }

    /// Takes a member out of its object.
    pub fn remove(entry: &Entry) -> Change {
        Change::Remove(entry.clone())
    }

    /// Takes an item out of its list.
    pub fn remove_item(item: &Node) -> Change {
        Change::RemoveItem(item.clone())
    }

    /// Writes a member behind another one; `key` is the word of the author's language, the name of a [`crate::view::Field`].
    pub fn insert(behind: &Entry, key: impl Into<String>, value: impl Into<Literal>) -> Change {
        Change::Insert(behind.clone(), key.into(), value.into())
    }

    /// Writes another key in place of a member's.
    pub fn rename(entry: &Entry, key: impl Into<String>) -> Change {
        Change::Rename(entry.clone(), key.into())
    }
}

/// A fix as a rule offers it.
#[derive(Clone, Debug)]
pub struct FixProposal {
    pub(crate) title: String,
    pub(crate) safety: Safety,
    pub(crate) changes: Vec<Change>,
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

impl Place {
    /// The key of a member, where the key is what is wrong.
    pub fn key(entry: &Entry) -> Place {
        Place { span: entry.key_at, used: entry.value.used }
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
    pub(crate) fix: Option<FixProposal>,
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

    /// Adds other facts that make it so; an `Option` for one that may not be there.
    #[must_use]
    pub fn labels<P: Into<Place>, M: Into<String>>(self, facts: impl IntoIterator<Item = (P, M)>) -> Finding {
        facts.into_iter().fold(self, |finding, (place, message)| finding.label(place, message))
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// Offers to change the resource; `title` says it as a command. Nothing is offered where the bytes to change are
    /// not certain, or where there are no changes.
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

    /// Makes it a warning, whatever the rule's category says.
    #[must_use]
    pub fn warning(mut self) -> Finding {
        self.severity = Some(Severity::Warning);
        self
    }
}
