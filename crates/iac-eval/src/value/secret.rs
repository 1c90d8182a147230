//! Secrets: the mark is on the place of a value or of a part of a string, and everything computed from the value has it too.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::source::Span;
use crate::value::{Node, NodeKind, Part, Text};

/// A text that no output may show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret {
    /// The text.
    pub text: SmolStr,
    /// The place where it was written, or the expression that it is the value of.
    pub at: Span,
}

/// The mark of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Secret,
    Public,
}

impl Node {
    /// The same value as a secret, with all values in it.
    ///
    /// ```
    /// use iac_eval::source::{FileId, Span};
    /// use iac_eval::value::Node;
    ///
    /// let password = Node::string("hunter2", Span::new(FileId(0), 0, 9));
    /// assert!(!password.has_secret());
    /// assert!(Node::array(vec![password.as_secret()], Span::new(FileId(0), 0, 9)).has_secret());
    /// ```
    #[must_use]
    pub fn as_secret(mut self) -> Node {
        self.mark(Mark::Secret);
        self
    }

    /// The same value, no longer a secret.
    #[must_use]
    pub fn as_public(mut self) -> Node {
        self.mark(Mark::Public);
        self
    }

    fn mark(&mut self, mark: Mark) {
        let is_secret = mark == Mark::Secret;
        self.at.is_secret = is_secret;
        match &mut self.kind {
            NodeKind::Text(text) => {
                Arc::make_mut(text).parts.iter_mut().for_each(|part| match part {
                    Part::Known { at, .. } | Part::Unknown(_, at) => at.is_secret = is_secret,
                    Part::Json(value) | Part::Base64(value) => value.mark(mark),
                });
            }
            NodeKind::Array(array) => {
                Arc::make_mut(array).items.iter_mut().for_each(|item| item.mark(mark));
            }
            NodeKind::Object(object) => {
                Arc::make_mut(object).entries.iter_mut().for_each(|entry| entry.value.mark(mark));
            }
            _ => {}
        }
    }

    /// Returns `true` if the value, or a part of it, is a known secret.
    pub fn has_secret(&self) -> bool {
        match &self.kind {
            NodeKind::String(_) | NodeKind::Number(_) => self.at.is_secret,
            NodeKind::Text(text) => {
                let encodes_secret = |part: &Part| matches!(part, Part::Json(value) if value.has_secret());
                text.has_secret() || text.parts.iter().any(encodes_secret)
            }
            NodeKind::Array(array) => array.items.iter().any(Node::has_secret),
            NodeKind::Object(object) => object.entries.iter().any(|entry| entry.value.has_secret()),
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Unknown(_) => false,
        }
    }

    /// Adds the secrets in the value to `found`.
    pub fn collect_secrets(&self, found: &mut impl Extend<Secret>) {
        let secret = |text: &SmolStr, at: Span| [Secret { text: text.clone(), at }];
        match &self.kind {
            NodeKind::String(text) | NodeKind::Number(text) if self.at.is_secret => {
                found.extend(secret(text, self.at));
            }
            NodeKind::Text(text) if is_split(text) => {
                found.extend(secret(&text.known_texts().collect(), self.at))
            }
            NodeKind::Text(text) => text.parts.iter().for_each(|part| match part {
                Part::Known { text, at } if at.is_secret => found.extend(secret(text, *at)),
                Part::Json(value) => value.collect_secrets(found),
                Part::Base64(value) => collect_encoded(value, found),
                Part::Known { .. } | Part::Unknown(..) => {}
            }),
            NodeKind::Array(array) => array.items.iter().for_each(|item| item.collect_secrets(found)),
            NodeKind::Object(object) => {
                object.entries.iter().for_each(|entry| entry.value.collect_secrets(found));
            }
            _ => {}
        }
    }
}

/// Adds the secrets in a string that is encoded as Base64, and the encoding.
fn collect_encoded(value: &Node, found: &mut impl Extend<Secret>) {
    value.collect_secrets(found);
    let encoded = Text::new(vec![Part::Base64(value.clone())]);
    if let Some(text) = encoded.known().filter(|_| value.has_secret()) {
        found.extend([Secret { text: text.into(), at: value.at }]);
    }
}

/// The length of a part that is too short to be searched for.
const SHORT: usize = 6;

/// Returns `true` if a string consists of short parts of secrets, so that only the whole is one.
fn is_split(text: &Text) -> bool {
    let secrets = text.parts.iter().filter_map(|part| match part {
        Part::Known { text, at } if at.is_secret => Some(text),
        _ => None,
    });
    let mut secrets = secrets.peekable();
    secrets.peek().is_some() && secrets.all(|part| part.len() < SHORT)
}
