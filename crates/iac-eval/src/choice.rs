//! Choices: unknown values that decide which of several values is used, and assumptions about them.

use std::collections::BTreeSet;

use smol_str::{SmolStr, ToSmolStr};

use crate::address::Mode;
use crate::source::Span;
use crate::value::{Node, NodeKind, Unknown};

/// An unknown value that decides which of several values is used: the key of a map, or the test of a conditional. All
/// values that depend on the same subject change together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The reference (`var.env`), or the text of the expression.
    pub name: SmolStr,
    /// Where the expression has its value; `None` for a reference.
    scope: Option<Scope>,
    /// Whether it is a parameter or a condition of a CloudFormation template.
    is_of_template: bool,
}

/// Where an expression has one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Scope {
    /// At one place.
    Place(Span),
    /// In all files of a folder: the same text means the same there.
    Folder(SmolStr),
}

/// What is recorded about a subject; nothing yet if it is met for the first time. Subjects stay in the order in which they are met.
pub(crate) fn of_subject<T: Default>(met: &mut Vec<(Subject, T)>, subject: Subject) -> &mut T {
    let index = met.iter().position(|(known, _)| *known == subject).unwrap_or(met.len());
    if index == met.len() {
        met.push((subject, T::default()));
    }
    &mut met[index].1
}

impl Subject {
    /// The subject of an unknown value; `None` if two values with the same name may differ, or if nobody selects the value.
    pub(crate) fn of(why: &Unknown) -> Option<Subject> {
        if is_computed(why) {
            return None;
        }
        let name = why.name();
        (why.is_one_value() && !is_of_instance(&name)).then_some(Subject {
            name,
            scope: None,
            is_of_template: false,
        })
    }

    /// The expression at a place, whose value is unknown.
    pub(crate) fn expression(text: &str, at: Span) -> Subject {
        Subject { name: text.to_smolstr(), scope: Some(Scope::Place(at)), is_of_template: false }
    }

    /// An expression whose value is unknown, wherever it is written in a folder.
    pub(crate) fn in_folder(text: &str, folder: &str) -> Subject {
        let words: Vec<&str> = text.split_whitespace().collect();
        let folder = Scope::Folder(folder.to_smolstr());
        Subject { name: words.join(" ").into(), scope: Some(folder), is_of_template: false }
    }

    /// The same subject, of a CloudFormation template.
    #[must_use]
    pub(crate) fn of_template(self) -> Subject {
        Subject { is_of_template: true, ..self }
    }

    /// Whether it is an expression. Other expressions may depend on the same variables, so the values of two expressions
    /// cannot be combined.
    pub fn is_expression(&self) -> bool {
        self.scope.is_some()
    }
}

/// Whether the provider computes a value for a resource, or a module that is not read computes it.
pub(crate) fn is_computed(why: &Unknown) -> bool {
    match why {
        Unknown::Attribute { of, .. } => of.resource.mode == Mode::Managed,
        Unknown::Output { .. } => true,
        _ => false,
    }
}

impl Assumed {
    /// Whether it is a value with this text.
    pub fn is_text(&self, text: &str) -> bool {
        matches!(self, Assumed::Value(value) if value.as_str() == Some(text))
    }
}

/// What is assumed about a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// The subject.
    pub subject: Subject,
    /// Its assumed value.
    pub value: Assumed,
    /// Whether the subject has this value if nobody selects another one.
    pub is_default: bool,
}

/// An assumed value.
#[derive(Clone, Debug, PartialEq)]
pub enum Assumed {
    /// This value, with the place where it is written: the key of a map, or the literal in a comparison.
    Value(Node),
    /// None of these values.
    Other(Vec<Node>),
}

impl Assumption {
    /// The assumption as a condition: "`var.env` is `prod`".
    pub fn describe(&self) -> String {
        let name = &self.subject.name;
        match &self.value {
            Assumed::Value(value) => format!("`{name}` is {}", shown(value)),
            Assumed::Other(values) => match values.as_slice() {
                [only] => format!("`{name}` is not {}", shown(only)),
                values => {
                    let all: Vec<String> = values.iter().map(shown).collect();
                    format!("`{name}` is none of {}", all.join(", "))
                }
            },
        }
    }

    /// Whether the author says that the value is one to support: the name of a workspace, or a value of a parameter that a template
    /// lists or distinguishes.
    pub fn is_promised(&self) -> bool {
        let is_workspace =
            self.subject.name == "terraform.workspace" && matches!(self.value, Assumed::Value(_));
        is_workspace || self.subject.is_of_template
    }

    /// The place of the assumed value; `None` for "none of these values".
    pub fn place(&self) -> Option<Span> {
        match &self.value {
            Assumed::Value(value) => Some(value.at),
            Assumed::Other(_) => None,
        }
    }
}

/// A value in a message.
fn shown(value: &Node) -> String {
    match &value.kind {
        NodeKind::Null => "`null`".to_owned(),
        NodeKind::Number(number) => format!("`{number}`"),
        NodeKind::Bool(value) => format!("`{value}`"),
        _ => match value.as_str() {
            Some("") => "empty".to_owned(),
            Some(text) => format!("`{text}`"),
            None => "this value".to_owned(),
        },
    }
}

/// A subject that decides a value of the root module, with the values that it can have.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The subject.
    pub subject: Subject,
    /// What can be assumed about it. Together they cover everything that Terraform accepts.
    pub alternatives: Vec<Assumed>,
    /// The references that it depends on, if it is an expression; `None` if they are not known.
    pub reads: Option<BTreeSet<SmolStr>>,
    /// The alternative that counts if nobody selects another one.
    pub default: Option<Assumed>,
}

impl Choice {
    /// The assumption that an alternative counts.
    pub fn assumption(&self, value: &Assumed) -> Assumption {
        let is_default = self.default.as_ref() == Some(value);
        Assumption { subject: self.subject.clone(), value: value.clone(), is_default }
    }

    /// Whether any value of this choice can be combined with any value of another one. Two selectors can; an expression can with what
    /// it does not depend on.
    pub fn is_independent_of(&self, other: &Choice) -> bool {
        match [self, other].map(|choice| choice.subject.is_expression()) {
            [false, false] => true,
            [true, true] => match (&self.reads, &other.reads) {
                (Some(reads), Some(others)) => reads.is_disjoint(others),
                _ => false,
            },
            [true, false] => self.is_certain_without(other),
            [false, true] => other.is_certain_without(self),
        }
    }

    /// Whether an expression certainly does not depend on a selector.
    fn is_certain_without(&self, selector: &Choice) -> bool {
        self.reads.as_ref().is_some_and(|reads| !reads.contains(declared(&selector.subject.name)))
    }
}

/// Whether a reference has a value of its own in each instance of a block.
pub(crate) fn is_of_instance(name: &str) -> bool {
    ["each.", "count.", "self."].iter().any(|start| name.starts_with(start))
}

/// The name of what a reference refers to, without the members and items that it selects: `var.size.cpu` is part of `var.size`.
pub(crate) fn declared(name: &str) -> &str {
    let dots = name.match_indices('.').nth(1).map(|(at, _)| at);
    let end = dots.unwrap_or(name.len()).min(name.find('[').unwrap_or(name.len()));
    &name[..end]
}
