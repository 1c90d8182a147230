//! Terraform's functions. One that is not here, or whose arguments are not known, gives an unknown value.

use std::path::Path;

use smol_str::{SmolStr, ToSmolStr};

use crate::node::{Array, Kind, More, Node, Unknown};
use crate::project::Grade;
use crate::sources::Sources;
use crate::span::Span;
use crate::syntax::hcl::{Call, Expr};
use crate::syntax::json;
use crate::terraform::eval::Eval;
use crate::terraform::{collection, operator, template};
use crate::text::{Mapped, Part, Text};

mod list;
mod string;

impl Eval<'_, '_> {
    /// The value of a function call.
    pub(super) fn call(self, call: &Call, at: Span) -> Node {
        let value = match call.name.as_str() {
            "try" => self.first_that_works(&call.args, at),
            "can" => self.works(&call.args, at),
            name => self.arguments(call).and_then(|args| self.function(name, &args, at)),
        };
        value.unwrap_or_else(|| self.unknown(at))
    }

    /// The values of the arguments, `...` spread out; none where it is not known how many they are.
    fn arguments(self, call: &Call) -> Option<Vec<Node>> {
        let mut args: Vec<Node> = call.args.iter().map(|arg| self.expr(arg)).collect();
        if call.expand {
            let last = args.pop()?;
            let array = last.as_array().filter(|array| array.more == More::No)?;
            args.extend(array.items.iter().cloned());
        }
        Some(args)
    }

    fn function(self, name: &str, args: &[Node], at: Span) -> Option<Node> {
        match (name, args) {
            ("jsonencode", [value]) => Some(encoded(value, at)),
            ("jsondecode", [text]) => self.decoded(text),
            ("file", [path]) => self.file(path, at),
            ("templatefile", [path, variables]) => self.templatefile(path, variables, at),
            ("tolist" | "tomap" | "sensitive" | "nonsensitive", [value]) => Some(value.clone()),
            ("tostring", [value]) => string::tostring(value),
            ("tobool", [value]) => tobool(value),
            ("toset", [value]) => Some(list::toset(value)),
            ("tonumber", [value]) => operator::number_node(operator::number(value)?, value.at),
            ("list", items) => Some(Node::array(items.to_vec(), at)),
            ("concat", lists) => collection::concat(lists, at),
            ("merge", objects) => collection::merge(objects, at),
            ("flatten", [list]) => collection::flatten(list, at),
            ("element", [value, index]) => self.element(value, index, at),
            ("lookup", [object, key, rest @ ..]) => self.lookup(object, key, rest.first(), at),
            _ => list::function(name, args, at).or_else(|| string::function(name, args, at)),
        }
    }

    /// `jsondecode(text)`, which fails where a strict reader would.
    fn decoded(self, text: &Node) -> Option<Node> {
        let parsed = parse_json(self.configuration.sources, text)?;
        let refused = parsed.problems.iter().any(|problem| problem.grade == Grade::Refused);
        parsed.root.filter(|_| !refused)
    }

    /// `file(path)`: paths are relative to the directory Terraform runs in, which is the root module's.
    fn file(self, path: &Node, at: Span) -> Option<Node> {
        let path = self.configuration.modules[0].directory.join(Path::new(path.as_str()?));
        let file = self.configuration.sources.load(&path).ok()?;
        let text = &self.configuration.sources.get(file).text;
        let place = Span::new(file, 0, text.len());
        let part = Part::Known { text: SmolStr::from(&**text), at: place };
        Some(Node::new(Kind::Text(Text::new(vec![part]).into()), place).used_at(at))
    }

    /// `element(list, index)`, whose index goes round. Of a list whose length is not known the item that is may stand
    /// for any.
    fn element(self, value: &Node, index: &Node, at: Span) -> Option<Node> {
        let array = value.as_array()?;
        match (operator::number(index), array.more, array.items.as_slice()) {
            (Some(index), More::No, items) if !items.is_empty() && index >= 0.0 => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "checked to be a small index"
                )]
                let index = index as usize % items.len();
                Some(self.item(value, &index.to_smolstr(), at))
            }
            (_, More::Maybe, [only]) if is_attribute(only) => Some(only.clone()),
            _ => None,
        }
    }

    /// `lookup(object, key, default)`.
    fn lookup(self, object: &Node, key: &Node, default: Option<&Node>, at: Span) -> Option<Node> {
        let members = object.as_object()?;
        let key = collection::key(key)?;
        match (object.get(&key), members.more) {
            (Some(value), _) => Some(value.clone().used_at(at)),
            (None, More::No) => default.cloned(),
            (None, More::Maybe) => None,
        }
    }

    /// `try(a, b)`: the first that does not fail. What is unknown may fail, or not.
    fn first_that_works(self, args: &[Expr], at: Span) -> Option<Node> {
        let (first, rest) = args.split_first()?;
        let value = self.expr(first);
        match value.kind {
            Kind::Unknown(Unknown::Expression(_)) if !rest.is_empty() => None,
            Kind::Unknown(_) if !rest.is_empty() => Some(Node { at, ..value }).filter(is_attribute),
            _ => Some(value),
        }
    }

    /// `can(a)`: whether it does not fail, which is certain only where its value is known.
    fn works(self, args: &[Expr], at: Span) -> Option<Node> {
        let value = self.expr(args.first()?);
        (!matches!(value.kind, Kind::Unknown(_))).then(|| Node::new(Kind::Bool(true), at))
    }
}

/// A value as a boolean; what is not known may be one.
fn tobool(value: &Node) -> Option<Node> {
    match value.kind {
        Kind::Null | Kind::Unknown(_) => Some(value.clone()),
        _ => Some(Node { kind: Kind::Bool(operator::truth(value)?), ..value.clone() }),
    }
}

/// Whether the value is an attribute of a resource that is declared here: there for certain, though not known.
fn is_attribute(node: &Node) -> bool {
    matches!(node.kind, Kind::Unknown(Unknown::Attribute { .. }))
}

/// The string that is the JSON encoding of a value.
fn encoded(value: &Node, at: Span) -> Node {
    Node::new(Kind::Text(Text::new(vec![Part::Json(value.clone())]).into()), at)
}

/// A string as JSON: the value it encodes, or its text parsed with the place of every part.
pub(crate) fn parse_json(sources: &Sources, text: &Node) -> Option<json::Parsed> {
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

/// A list that is known in full.
fn closed(node: &Node) -> Option<&Array> {
    node.as_array().filter(|array| array.more == More::No)
}
