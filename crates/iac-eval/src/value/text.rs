//! Strings made of parts: where each part was written, what is unknown, and which value the string encodes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smol_str::SmolStr;

use crate::source::Span;
use crate::value::{Node, Unknown};

/// A string value assembled from parts.
///
/// ```
/// use iac_eval::source::{FileId, Span};
/// use iac_eval::value::{Part, Text, Unknown};
///
/// let at = |start, end| Span::new(FileId(0), start, end);
/// let image = Text::new(vec![
///     Part::Known { text: "nginx:".into(), at: at(1, 7) },
///     Part::Unknown(Unknown::Reference("var.tag".into()), at(7, 17)),
/// ]);
/// assert_eq!(image.known(), None);
/// assert_eq!(image.known_start(), "nginx:");
/// assert_eq!(image.unknown_name(), "var.tag");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// The whole string; `None` unless every part is known.
    whole: Option<SmolStr>,
}

/// A part of a string.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Known text, with its place.
    Known {
        /// The text.
        text: SmolStr,
        /// The place where it was written.
        at: Span,
    },
    /// A part that no file defines.
    Unknown(Unknown, Span),
    /// The JSON encoding of a value, as `jsonencode` returns it; the value keeps its structure and places.
    Json(Node),
    /// The Base64 encoding of a string, as `base64encode` returns it; the string keeps its unknown parts and its places.
    Base64(Node),
}

impl Text {
    /// Creates a string from parts.
    pub fn new(parts: Vec<Part>) -> Text {
        let known = |part: &Part| match part {
            Part::Known { text, .. } => Some(text.clone()),
            Part::Base64(value) => value.as_str().map(|text| SmolStr::from(STANDARD.encode(text))),
            Part::Unknown(..) | Part::Json(_) => None,
        };
        let whole = parts.iter().map(known).collect::<Option<Vec<_>>>();
        let whole = whole.map(|texts| SmolStr::from(texts.concat()));
        Text { parts, whole }
    }

    /// The string; `None` unless every part is known text.
    pub fn known(&self) -> Option<&str> {
        self.whole.as_deref()
    }

    /// The value, if the string is the JSON encoding of one value and nothing else.
    pub fn json(&self) -> Option<&Node> {
        match self.parts.as_slice() {
            [Part::Json(value)] => Some(value),
            _ => None,
        }
    }

    /// The string that was encoded, if this is the Base64 encoding of one string and nothing else.
    pub fn decoded(&self) -> Option<&Node> {
        match self.parts.as_slice() {
            [Part::Base64(value)] => Some(value),
            _ => None,
        }
    }

    /// Returns `true` if a known part is a secret.
    pub fn has_secret(&self) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Known { at, .. } => at.is_secret,
            Part::Base64(value) => value.has_secret(),
            Part::Unknown(..) | Part::Json(_) => false,
        })
    }

    /// The name of the first unknown part; empty if there is none.
    pub fn unknown_name(&self) -> SmolStr {
        self.unknowns().next().map(Unknown::name).unwrap_or_default()
    }

    /// The unknown parts, in order.
    pub fn unknowns(&self) -> impl Iterator<Item = &Unknown> {
        self.parts.iter().filter_map(|part| match part {
            Part::Unknown(why, _) => Some(why),
            Part::Known { .. } | Part::Json(_) | Part::Base64(_) => None,
        })
    }

    /// The places of the unknown parts, in order.
    pub fn unknown_places(&self) -> impl Iterator<Item = Span> {
        self.parts.iter().filter_map(|part| match part {
            Part::Unknown(_, at) => Some(*at),
            Part::Known { .. } | Part::Json(_) | Part::Base64(_) => None,
        })
    }

    /// The parts whose text is known.
    pub fn known_texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Known { text, .. } => Some(text.as_str()),
            Part::Unknown(..) | Part::Json(_) | Part::Base64(_) => None,
        })
    }

    /// Returns `true` if both strings are certainly the same, even if neither is fully known. A placeholder within
    /// known text is assumed to have one value: `arn:aws:iam::<ACCOUNT_ID>:role/ecs`.
    pub fn certainly_equals(&self, other: &Text) -> bool {
        let same = |(ours, theirs): (&Part, &Part)| match (ours, theirs) {
            (Part::Known { text: ours, .. }, Part::Known { text: theirs, .. }) => ours == theirs,
            (Part::Unknown(ours, _), Part::Unknown(theirs, _)) => {
                ours == theirs && (ours.is_one_value() || self.parts.len() > 1)
            }
            _ => false,
        };
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(same)
    }

    /// The known text before the first unknown part.
    pub fn known_start(&self) -> String {
        let known = self.parts.iter().map_while(|part| match part {
            Part::Known { text, .. } => Some(text.as_str()),
            Part::Unknown(..) | Part::Json(_) | Part::Base64(_) => None,
        });
        known.collect()
    }

    /// The known text after the last unknown part.
    pub fn known_end(&self) -> String {
        let known = self.parts.iter().rev().map_while(|part| match part {
            Part::Known { text, .. } => Some(text.as_str()),
            Part::Unknown(..) | Part::Json(_) | Part::Base64(_) => None,
        });
        let mut texts: Vec<&str> = known.collect();
        texts.reverse();
        texts.concat()
    }
}
