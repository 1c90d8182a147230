//! Evaluates the values of a template.

use smol_str::SmolStr;

use crate::cloudformation::condition::Truth;
use crate::cloudformation::stack::Stack;
use crate::cloudformation::{template, text};
use crate::source::Span;
use crate::value::{Array, Entry, More, Node, NodeKind, Object, Unknown};

/// The variables of the loops around a value, the innermost last.
pub(super) type Variables = [(SmolStr, Node)];

/// The largest number of values that the evaluation of one template makes.
pub(super) const MAX_VALUES: usize = 400_000;
const TOO_MANY: &str =
    "this template and its nested stacks have more than 400,000 values; the rest is not evaluated";

/// The longest name of a value that is not evaluated, in bytes.
const MAX_NAME: usize = 200;

/// The largest nesting of evaluations.
const MAX_DEPTH: usize = 200;
const TOO_DEEP: &str = "values refer to each other more than 200 levels deep; this one is not evaluated";

impl Stack<'_> {
    /// The value of a node; `None` if it is removed, as by `AWS::NoValue`.
    pub(super) fn value(&self, node: &Node, variables: &Variables) -> Option<Node> {
        let cost = self.cost.get() + 1;
        self.cost.set(cost);
        let depth = self.depth.get();
        if cost > MAX_VALUES || depth > MAX_DEPTH {
            self.limit(node.at, if cost > MAX_VALUES { TOO_MANY } else { TOO_DEEP });
            return Some(Node::unknown(Unknown::Expression("a value beyond the limit".into()), node.at));
        }
        self.depth.set(depth + 1);
        let value = self.evaluated(node, variables);
        self.depth.set(depth);
        value
    }

    fn evaluated(&self, node: &Node, variables: &Variables) -> Option<Node> {
        match &node.kind {
            NodeKind::String(_) | NodeKind::Text(_) => Some(self.literal(node, variables)),
            NodeKind::Array(array) => Some(self.list(array, node, variables)),
            NodeKind::Object(object) => match object.entries.as_slice() {
                [call] if is_function(&call.key) && object.more == More::No => {
                    self.call(call, node, variables)
                }
                _ => Some(self.object(object, node, variables)),
            },
            _ => Some(node.clone()),
        }
    }

    /// A string, with the variables of loops and the dynamic references in it.
    fn literal(&self, node: &Node, variables: &Variables) -> Node {
        let looped = variables.iter().any(|(name, _)| self.mentions(node, name));
        if looped {
            return self.substituted(node, variables, &|_, _| None);
        }
        match &node.kind {
            NodeKind::String(value) if text::has_dynamic(value) => {
                text::assembled(text::with_dynamic(value, self.inner(node)), node.at)
            }
            _ => node.clone(),
        }
    }

    fn mentions(&self, node: &Node, variable: &str) -> bool {
        node.as_str().is_some_and(|text| {
            text.contains(&format!("${{{variable}}}")) || text.contains(&format!("&{{{variable}}}"))
        })
    }

    /// The bytes of a string without its quotes, if they are its value.
    pub(super) fn inner(&self, node: &Node) -> Span {
        let Some(value) = node.as_str() else { return node.at };
        let written = self.sources.text(node.at);
        let is_quoted = written.starts_with(['"', '\'']) && written.get(1..1 + value.len()) == Some(value);
        if is_quoted { node.at.slice(1..1 + value.len()) } else { node.at }
    }

    fn list(&self, array: &Array, node: &Node, variables: &Variables) -> Node {
        let mut list = Array { items: Vec::with_capacity(array.items.len()), more: array.more };
        for item in &array.items {
            if self.may_be_removed(item, variables) {
                list.more = More::Maybe;
                continue;
            }
            list.items.extend(self.value(item, variables));
        }
        Node { kind: NodeKind::Array(list.into()), ..node.clone() }
    }

    /// Whether an undecided condition may remove an item.
    fn may_be_removed(&self, item: &Node, variables: &Variables) -> bool {
        let Some([call]) = item.as_object().map(|object| object.entries.as_slice()) else { return false };
        let Some([name, one, other]) = call.value.as_array().map(|list| list.items.as_slice()) else {
            return false;
        };
        if call.key != "Fn::If" || self.condition_named(name) != Truth::Undecided {
            return false;
        }
        self.quietly(|| [one, other].iter().any(|branch| self.value(branch, variables).is_none()))
    }

    fn object(&self, object: &Object, node: &Node, variables: &Variables) -> Node {
        let entries = Vec::with_capacity(object.entries.len());
        let mut made = Object { entries, more: object.more, dialect: object.dialect };
        for entry in &object.entries {
            if template::is_generator(&entry.key) {
                self.generated(entry, variables, &mut made);
            } else if let Some(value) = self.value(&entry.value, variables) {
                made.entries.push(Entry { value, ..self.named_entry(entry, variables) });
            }
        }
        Node { kind: NodeKind::Object(made.into()), ..node.clone() }
    }

    /// The members that a macro or a loop makes.
    fn generated(&self, entry: &Entry, variables: &Variables, made: &mut Object) {
        if entry.key == "Fn::Transform" {
            made.more = More::Maybe;
            return;
        }
        let Some(rounds) = self.rounds(&entry.value, variables) else {
            made.more = More::Maybe;
            return;
        };
        let body = entry.value.as_array().and_then(|list| list.items.get(2));
        let Some(body) = body.and_then(Node::as_object) else { return };
        for round in rounds {
            let Node { kind: NodeKind::Object(inner), .. } = self.object(body, &entry.value, &round) else {
                continue;
            };
            made.more = if inner.more == More::Maybe { More::Maybe } else { made.more };
            made.entries.extend(inner.entries.iter().cloned());
        }
    }

    /// The variables of each round of a loop; `None` if its list is unknown.
    pub(super) fn rounds(&self, call: &Node, variables: &Variables) -> Option<Vec<Vec<(SmolStr, Node)>>> {
        let [name, list, _] = call.as_array()?.items.as_slice() else { return None };
        let name = SmolStr::from(name.as_str()?);
        let list = self.value(list, variables)?;
        let list = list.as_array().filter(|list| list.more == More::No)?;
        let is_known = list.items.iter().all(|item| item.as_str().is_some() || is_number(item));
        is_known.then(|| {
            let round = |item: &Node| {
                variables.iter().cloned().chain([(name.clone(), item.clone())]).collect::<Vec<_>>()
            };
            list.items.iter().map(round).collect()
        })
    }

    /// A member with the variables of loops in its key.
    pub(super) fn named_entry(&self, entry: &Entry, variables: &Variables) -> Entry {
        if variables.is_empty() {
            return entry.clone();
        }
        let key = with_variables(&entry.key, variables);
        Entry { key: key.clone(), written: key, ..entry.clone() }
    }

    /// A value that is not evaluated, named after what is written there: two values with the same name are taken for one.
    pub(super) fn expression(&self, at: Span) -> Node {
        let written = self.sources.text(at);
        let start = &written[..written.floor_char_boundary(MAX_NAME)];
        let words: Vec<&str> = start.split_whitespace().collect();
        Node::unknown(Unknown::Expression(words.join(" ").into()), at)
    }
}

/// A key with the values of the variables of loops.
pub(super) fn with_variables(key: &str, variables: &Variables) -> SmolStr {
    let mut text = key.to_owned();
    for (name, value) in variables {
        let value = match &value.kind {
            NodeKind::Number(number) => number.as_str(),
            _ => value.as_str().unwrap_or_default(),
        };
        let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        text = text.replace(&format!("${{{name}}}"), value).replace(&format!("&{{{name}}}"), &plain);
    }
    text.into()
}

fn is_number(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Number(_))
}

/// Whether the only key of an object is a function.
fn is_function(key: &str) -> bool {
    key == "Ref" || (key.starts_with("Fn::") && !template::is_generator(key)) || key == "Fn::Transform"
}
