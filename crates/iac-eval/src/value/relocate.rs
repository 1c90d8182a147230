//! Moves values out of a model: the user has no file with its text.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::source::Span;
use crate::value::{Entry, Node, NodeKind, Part, Text, Unknown};

/// Where the values of a model are shown, and the name of those that are unknown.
#[derive(Clone, Debug)]
pub struct Relocation {
    /// The place that replaces each place in the model.
    pub to: Span,
    /// The name of an expression of the model whose value is unknown.
    pub name: SmolStr,
}

impl Relocation {
    /// The same place, or its replacement if it is in a model.
    pub fn place(&self, at: Span) -> Span {
        if at.file.is_model() { Span { is_secret: at.is_secret, ..self.to } } else { at }
    }

    /// The same value without places in models. Parts that the user wrote keep their places.
    pub fn value(&self, node: &Node) -> Node {
        let is_of_model = node.at.file.is_model();
        let kind = match &node.kind {
            NodeKind::Unknown(Unknown::Expression(_) | Unknown::Reference(_) | Unknown::Rejected(_))
                if is_of_model =>
            {
                NodeKind::Unknown(Unknown::Expression(self.name.clone()))
            }
            NodeKind::Array(array) => {
                let mut array = array.as_ref().clone();
                array.items.iter_mut().for_each(|item| *item = self.value(item));
                NodeKind::Array(Arc::new(array))
            }
            NodeKind::Object(object) => {
                let mut object = object.as_ref().clone();
                object.entries.iter_mut().for_each(|entry| *entry = self.entry(entry));
                NodeKind::Object(Arc::new(object))
            }
            NodeKind::Text(text) => {
                NodeKind::Text(Arc::new(Text::new(text.parts.iter().map(|part| self.part(part)).collect())))
            }
            kind => kind.clone(),
        };
        Node { kind, at: self.place(node.at), used: node.used.filter(|used| !used.file.is_model()) }
    }

    fn entry(&self, entry: &Entry) -> Entry {
        Entry { key_at: self.place(entry.key_at), value: self.value(&entry.value), ..entry.clone() }
    }

    fn part(&self, part: &Part) -> Part {
        match part {
            Part::Known { text, at } => Part::Known { text: text.clone(), at: self.place(*at) },
            Part::Unknown(Unknown::Expression(_) | Unknown::Reference(_), at) if at.file.is_model() => {
                Part::Unknown(Unknown::Expression(self.name.clone()), self.to)
            }
            Part::Unknown(why, at) => Part::Unknown(why.clone(), self.place(*at)),
            Part::Json(node) => Part::Json(self.value(node)),
            Part::Base64(node) => Part::Base64(self.value(node)),
        }
    }
}
