//! Terraform's functions. One that is not here, or whose arguments are not known, gives an unknown value.

use smol_str::ToSmolStr;

use crate::source::{Sources, Span};
use crate::syntax::SyntaxErrorKind;
use crate::syntax::hcl::{Call, Expr};
use crate::syntax::json;
use crate::terraform::eval::Eval;
use crate::terraform::refusal::refused;
use crate::terraform::{collection, conversion, operator, template};
use crate::value::{Array, Entry, Mapped, More, Node, NodeKind, Part, Text, Unknown};

mod encoding;
mod filesystem;
mod list;
mod network;
mod number;
mod pattern;
mod set;
mod string;
mod time;
mod verb;

/// A family of functions: the value of a call, if it is one of them and its arguments are known.
type Family = fn(Eval, &str, &[Node], Span) -> Option<Node>;

const FAMILIES: &[Family] = &[
    list::function,
    string::function,
    number::function,
    filesystem::function,
    network::function,
    encoding::function,
    |_, name, args, at| time::function(name, args, at),
];

impl Eval<'_, '_> {
    /// The value of a function call.
    pub(super) fn call(self, call: &Call, at: Span) -> Node {
        let name = call.name.strip_prefix("core::").unwrap_or(&call.name);
        let value = match name {
            "try" => self.first_that_works(&call.args, at),
            "can" => self.works(&call.args, at),
            name => self.arguments(call).and_then(|args| {
                let refused =
                    args.iter().find(|arg| matches!(arg.kind, NodeKind::Unknown(Unknown::Refused(_))));
                refused.cloned().or_else(|| self.function(name, &args, at))
            }),
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
        self.spend_on(&args)?;
        Some(args)
    }

    fn function(self, name: &str, args: &[Node], at: Span) -> Option<Node> {
        match (name, args) {
            ("jsonencode", [value]) => Some(encoded(value, at)),
            ("jsondecode", [text]) => self.decoded(text, at),
            ("templatefile", [path, variables]) => self.templatefile(path, variables, at),
            ("templatestring", [template, variables]) => self.templatestring(template, variables, at),
            ("tolist" | "tomap", [value]) => Some(conversion::of_one_type(value)),
            ("sensitive" | "nonsensitive" | "ephemeralasnull", [value]) => Some(value.clone()),
            ("tostring", [value]) => string::tostring(value),
            ("tobool", [value]) => tobool(value),
            ("toset", [value]) => Some(list::toset(&conversion::of_one_type(value))),
            ("tonumber", [value]) => self.tonumber(value, at),
            ("list", items) => Some(Node::array(items.to_vec(), at)),
            ("map", items) => pairs(items, at),
            ("concat", lists) => collection::concat(lists, at).or_else(|| Some(self.too_large(at))),
            ("merge", objects) => collection::merge(objects, at).or_else(|| Some(self.too_large(at))),
            ("flatten", [list]) => collection::flatten(list, at).or_else(|| Some(self.too_large(at))),
            ("element", [value, index]) => self.element(value, index, at),
            ("lookup", [object, key, rest @ ..]) => self.lookup(object, key, rest.first(), at),
            _ => FAMILIES.iter().find_map(|family| family(self, name, args, at)),
        }
    }

    /// `jsondecode(text)`, which fails where a strict reader would.
    fn decoded(self, text: &Node, at: Span) -> Option<Node> {
        let parsed = parse_json(self.configuration.sources, text)?;
        let refused = parsed.problems.iter().find(|problem| problem.kind != SyntaxErrorKind::Ignored);
        let holes = mapped(self, text).is_none_or(|text| text.has_hole(0..text.text.len()));
        match refused {
            Some(_) if holes => None,
            Some(problem) => {
                Some(self.refuse(format!("`jsondecode` cannot read this: {}", problem.message), at))
            }
            None => parsed.root,
        }
    }

    /// `tonumber(value)`.
    fn tonumber(self, value: &Node, at: Span) -> Option<Node> {
        if matches!(value.kind, NodeKind::Null) {
            return Some(value.clone());
        }
        match (operator::number(value), value.as_str()) {
            (Some(number), _) => operator::number_node(number, value.at),
            (None, Some(text)) => {
                Some(self.refuse(format!("`tonumber` is given `{text}`, which is no number"), at))
            }
            (None, None) => None,
        }
    }

    /// `element(list, index)`, whose index goes round. Of a list whose length is not known the item that is may stand
    /// for any.
    fn element(self, value: &Node, index: &Node, at: Span) -> Option<Node> {
        let array = value.as_array()?;
        match (operator::whole(index), array.more, array.items.as_slice()) {
            (_, More::No, []) => Some(self.refuse("`element` is given an empty list", at)),
            (Some(index), More::No, items) => {
                let index = usize::try_from(index).ok()? % items.len();
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
            (None, More::No) if default.is_none() => Some(self.fails("`lookup` does not find the key", at)),
            (None, More::No) => default.cloned(),
            (None, More::Maybe) => None,
        }
    }

    /// `try(a, b)`: the first that does not fail. What is unknown may fail, or not.
    fn first_that_works(self, args: &[Expr], at: Span) -> Option<Node> {
        let (first, rest) = args.split_first()?;
        if rest.is_empty() {
            return Some(self.expr(first));
        }
        let value = self.quietly(|| self.expr(first));
        match value.kind {
            _ if refused(&value).is_some() => self.first_that_works(rest, at),
            NodeKind::Unknown(Unknown::Expression(_)) => None,
            NodeKind::Unknown(_) => Some(Node { at, ..value }).filter(is_attribute),
            _ => Some(value),
        }
    }

    /// `can(a)`: whether it does not fail, which is certain only where its value is known.
    fn works(self, args: &[Expr], at: Span) -> Option<Node> {
        let first = args.first()?;
        let value = self.quietly(|| self.expr(first));
        let works = refused(&value).is_none();
        let certain = !works || !matches!(value.kind, NodeKind::Unknown(_));
        certain.then(|| Node::new(NodeKind::Bool(works), at))
    }
}

/// `map(key, value, …)`, as it was written once.
fn pairs(items: &[Node], at: Span) -> Option<Node> {
    let pair = |pair: &[Node]| match pair {
        [key, value] => Some(Entry::new(collection::key(key)?, key.at, value.clone())),
        _ => None,
    };
    Some(Node::object(items.chunks(2).map(pair).collect::<Option<_>>()?, at))
}

/// A value as a boolean; what is not known may be one.
fn tobool(value: &Node) -> Option<Node> {
    match value.kind {
        NodeKind::Null | NodeKind::Unknown(_) => Some(value.clone()),
        _ => Some(Node { kind: NodeKind::Bool(operator::truth(value)?), ..value.clone() }),
    }
}

/// Whether the value is an attribute of a resource that is declared here: there for certain, though not known.
fn is_attribute(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Unknown(Unknown::Attribute { .. }))
}

/// The string that is the JSON encoding of a value.
pub(super) fn encoded(value: &Node, at: Span) -> Node {
    Node::new(NodeKind::Text(Text::new(vec![Part::Json(value.clone())]).into()), at)
}

/// A string as JSON: the value it encodes, or its text parsed with the place of every part.
pub fn parse_json(sources: &Sources, text: &Node) -> Option<json::Parsed> {
    if let NodeKind::Text(text) = &text.kind
        && let Some(value) = text.json()
    {
        return Some(json::Parsed { root: Some(value.clone()), problems: Vec::new() });
    }
    Some(json::parse(&with_places(sources, text)?))
}

/// A string as a text with the place of every byte.
fn mapped(eval: Eval, text: &Node) -> Option<Mapped<'static>> {
    with_places(eval.configuration.sources, text)
}

fn with_places(sources: &Sources, text: &Node) -> Option<Mapped<'static>> {
    let mut mapped = Mapped::empty();
    match &text.kind {
        NodeKind::String(known) => mapped.push(known, template::inside(sources, text, known)),
        NodeKind::Number(_) | NodeKind::Bool(_) => mapped.push(&string::string(text)?, text.at),
        NodeKind::Text(text) => {
            for part in &text.parts {
                match part {
                    Part::Known { text, at } => mapped.push(text, *at),
                    Part::Unknown(why, at) => mapped.push_hole(why.clone(), *at),
                    Part::Json(value) => mapped.push_value(value),
                }
            }
        }
        _ => return None,
    }
    Some(mapped)
}

/// A list that is known in full.
fn closed(node: &Node) -> Option<&Array> {
    node.as_array().filter(|array| array.more == More::No)
}
