//! Terraform's functions, as far as ECS configurations need them to be read.

use std::path::Path;

use smol_str::SmolStr;

use crate::node::{Array, Kind, More, Node, Object};
use crate::span::Span;
use crate::syntax::hcl::Call;
use crate::syntax::json;
use crate::terraform::{Module, template};
use crate::text::{Mapped, Part, Text};

impl Module<'_> {
    /// The value of a function call.
    pub(super) fn call(&self, call: &Call, at: Span) -> Node {
        if call.expand {
            return self.unknown(at);
        }
        let args: Vec<Node> = call.args.iter().map(|arg| self.expr(arg)).collect();
        match (call.name.as_str(), args.as_slice()) {
            ("jsonencode", [value]) => encoded(value, at),
            ("jsondecode", [text]) => self.decoded(text, at),
            ("file", [path]) => self.file(path, at),
            (
                "tostring" | "tonumber" | "tobool" | "tolist" | "toset" | "tomap" | "sensitive"
                | "nonsensitive",
                [value],
            ) => value.clone(),
            ("list", items) => Node::array(items.to_vec(), at),
            ("concat", lists) => concat(lists, at).unwrap_or_else(|| self.unknown(at)),
            ("merge", objects) => merge(objects, at).unwrap_or_else(|| self.unknown(at)),
            ("element", [list, index]) => self.element(list, index, at),
            _ => self.unknown(at),
        }
    }

    fn decoded(&self, text: &Node, at: Span) -> Node {
        let decoded = parse_json(self.sources, text).and_then(|parsed| parsed.root);
        decoded.unwrap_or_else(|| self.unknown(at))
    }

    /// `file(path)`: paths are relative to the directory Terraform runs in, which is the root module's.
    fn file(&self, path: &Node, at: Span) -> Node {
        let Some(path) = path.as_str() else { return self.unknown(at) };
        let Ok(file) = self.sources.load(&self.directory.join(Path::new(path))) else {
            return self.unknown(at);
        };
        let text = &self.sources.get(file).text;
        let place = Span::new(file, 0, text.len());
        let part = Part::Known { text: SmolStr::from(&**text), at: place };
        Node::new(Kind::Text(Text::new(vec![part]).into()), place).used_at(at)
    }

    fn element(&self, list: &Node, index: &Node, at: Span) -> Node {
        match (&list.kind, &index.kind) {
            (Kind::Array(array), Kind::Number(_)) if array.more == More::No => self.item(array, index, at),
            (Kind::Array(array), _) if array.items.len() == 1 => array.items[0].clone(),
            _ => self.unknown(at),
        }
    }
}

/// The string that is the JSON encoding of a value.
fn encoded(value: &Node, at: Span) -> Node {
    Node::new(Kind::Text(Text::new(vec![Part::Json(value.clone())]).into()), at)
}

/// A string as JSON: the value it encodes, or its text parsed with the place of every part.
pub(crate) fn parse_json(sources: &crate::sources::Sources, text: &Node) -> Option<json::Parsed> {
    let parts = match &text.kind {
        Kind::String(known) => {
            let at = template::inside(sources, text, known);
            vec![Part::Known { text: known.clone(), at }]
        }
        Kind::Text(text) => match text.json() {
            Some(value) => return Some(json::Parsed { root: Some(value.clone()), problems: Vec::new() }),
            None => text.parts.clone(),
        },
        _ => return None,
    };
    let mut mapped = Mapped::empty();
    for part in &parts {
        match part {
            Part::Known { text, at } => mapped.push(text, *at),
            Part::Unknown(why, at) => mapped.push_hole(why.clone(), *at),
            Part::Json(value) => mapped.push_value(value),
        }
    }
    Some(json::parse(&mapped))
}

/// The lists as one; none where it would be too large.
fn concat(lists: &[Node], at: Span) -> Option<Node> {
    let mut all = Array::default();
    for list in lists {
        match &list.kind {
            Kind::Array(array) => {
                all.items.extend(array.items.iter().cloned());
                if array.more == More::Maybe {
                    all.more = More::Maybe;
                }
            }
            _ => all.more = More::Maybe,
        }
    }
    (all.items.len() <= template::LARGEST).then(|| Node::new(Kind::Array(all.into()), at))
}

/// The objects as one; none where it would be too large.
fn merge(objects: &[Node], at: Span) -> Option<Node> {
    let mut all = Object::default();
    for object in objects {
        match &object.kind {
            Kind::Object(object) => {
                all.entries.extend(object.entries.iter().cloned());
                if object.more == More::Maybe {
                    all.more = More::Maybe;
                }
            }
            Kind::Null => {}
            _ => all = Object { more: More::Maybe, ..Object::default() },
        }
    }
    (all.entries.len() <= template::LARGEST).then(|| Node::new(Kind::Object(all.into()), at))
}
