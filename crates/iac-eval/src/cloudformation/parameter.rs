//! The values of parameters.

use smol_str::{SmolStr, format_smolstr};

use crate::choice::{Assumed, Choice, Subject};
use crate::cloudformation::stack::Stack;
use crate::cloudformation::text;
use crate::value::{Entry, Node, NodeKind, Unknown};

impl Stack<'_> {
    /// The value of a parameter of the template; `None` if the template has no such parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<Node> {
        let declared = self.template.member("Parameters", name)?;
        let kind = declared.value.get("Type").and_then(Node::as_str).unwrap_or("String");
        let value = self.parameter_value(declared, kind);
        let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<");
        let value = if is_list { as_list(value) } else { value };
        let is_secret = declared.value.get("NoEcho").is_some_and(is_true);
        Some(if is_secret { value.as_secret() } else { value })
    }

    fn parameter_value(&self, declared: &Entry, kind: &str) -> Node {
        let name = &declared.key;
        let unknown = || Node::unknown(self.named(name), declared.key_at);
        // The value of such a parameter is the name of a parameter of Systems Manager.
        if kind.starts_with("AWS::SSM::Parameter::Value<") {
            return self.public_image(declared, kind).unwrap_or_else(unknown);
        }
        if let Some(given) = self.given.get(name) {
            return as_text(given);
        }
        let assumed = Subject::of(&self.named(name))
            .map(Subject::of_template)
            .and_then(|subject| self.choices.assumed(&subject));
        match assumed {
            Some(Assumed::Value(value)) => return value.clone(),
            Some(Assumed::Other(_)) => return unknown(),
            None => {}
        }
        match declared.value.get("Default") {
            Some(default) if self.is_used(declared, default) => {
                self.promise(declared);
                as_text(default)
            }
            _ => {
                self.offer(declared);
                unknown()
            }
        }
    }

    /// Records the values that a parameter can have.
    fn offer(&self, declared: &Entry) {
        let subject = Subject::of(&self.named(&declared.key)).map(Subject::of_template);
        let allowed = allowed_values(declared);
        if let Some(subject) = subject.filter(|_| self.path.is_root() && allowed.len() > 1) {
            self.choices.offer(subject, |offers| offers.closed = Some(allowed));
        }
    }

    /// Whether the default of a parameter is certainly the value of a stack for which no other value is given.
    fn is_used(&self, declared: &Entry, default: &Node) -> bool {
        let name = &declared.key;
        !self.refused.contains(name) && !self.is_promised(declared) && !repeats(name, default)
    }

    /// A choice of the value of a parameter, with the alternative that is the default.
    pub(super) fn with_default(&self, choice: Choice) -> Choice {
        let name = choice.subject.name.as_str();
        let declared = self.template.member("Parameters", name);
        let used = |default: &&Node| !self.refused.contains(name) && !repeats(name, default);
        let default = declared.and_then(|declared| declared.value.get("Default")).filter(used).map(as_text);
        let default = default.filter(|_| !choice.subject.is_expression());
        let is_it = |value: &&Assumed| {
            default.as_ref().and_then(Node::as_str).is_some_and(|text| value.is_text(text))
        };
        Choice { default: choice.alternatives.iter().find(is_it).cloned(), ..choice }
    }

    /// Records the values that the author offers instead of a default.
    fn promise(&self, declared: &Entry) {
        let subject = Subject::of(&self.named(&declared.key)).map(Subject::of_template);
        if let Some(subject) = subject.filter(|_| self.path.is_root()) {
            self.choices.promise(subject, allowed_values(declared));
        }
    }

    /// The image in a public parameter of AWS, as the dynamic reference that selects the same image.
    fn public_image(&self, declared: &Entry, kind: &str) -> Option<Node> {
        if kind != "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>" {
            return None;
        }
        let given = self.given.get(&declared.key).or_else(|| declared.value.get("Default"))?;
        let name = given.as_str().filter(|name| name.starts_with("/aws/service/"))?;
        let reference = format_smolstr!("{{{{resolve:ssm:{name}}}}}");
        Some(Node::unknown(Unknown::Reference(reference), given.at))
    }

    /// Whether a condition or a map depends on the parameter, so that each of its allowed values is a configuration that the author
    /// promises to support.
    fn is_promised(&self, declared: &Entry) -> bool {
        self.path.is_root()
            && allowed_values(declared).len() > 1
            && self.template.deciding.contains(&declared.key)
    }

    /// All values that a parameter can have, if its template lists them.
    pub(super) fn allowed(&self, name: &str) -> Option<Vec<Node>> {
        let declared = self.template.member("Parameters", name)?;
        Some(allowed_values(declared)).filter(|values| !values.is_empty())
    }

    /// The unknown value with a name of this stack.
    pub(super) fn named(&self, name: &str) -> Unknown {
        if self.path.is_root() {
            return Unknown::Reference(SmolStr::from(name));
        }
        let stacks: Vec<&str> = self.path.names().map(SmolStr::as_str).collect();
        Unknown::Reference(format_smolstr!("{}/{name}", stacks.join("/")))
    }
}

/// Whether a default is the name of its own parameter in capitals, which something replaces before the template is used.
fn repeats(name: &str, default: &Node) -> bool {
    let letters = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
    default.as_str().is_some_and(|text| {
        text.len() > 1
            && !text.contains(|letter: char| letter.is_ascii_lowercase())
            && letters(text) == letters(name)
    })
}

pub(super) fn allowed_values(declared: &Entry) -> Vec<Node> {
    let allowed = declared.value.get("AllowedValues").and_then(Node::as_array);
    let mut values: Vec<Node> = Vec::new();
    for value in allowed.into_iter().flat_map(|list| &list.items).map(as_text) {
        if values.iter().all(|known| known.as_str() != value.as_str()) {
            values.push(value);
        }
    }
    values
}

/// The value of a parameter, which is always a string.
pub(super) fn as_text(value: &Node) -> Node {
    let kind = match &value.kind {
        NodeKind::Number(text) => NodeKind::String(text.clone()),
        NodeKind::Bool(flag) => NodeKind::String(SmolStr::new_static(if *flag { "true" } else { "false" })),
        NodeKind::Null => NodeKind::String(SmolStr::default()),
        kind => kind.clone(),
    };
    Node { kind, ..value.clone() }
}

/// The list that a string with commas is.
fn as_list(value: Node) -> Node {
    let used = value.used;
    let list = match &value.kind {
        NodeKind::Array(_) | NodeKind::Unknown(_) => return value,
        _ => text::parts(&value).map(|parts| text::split(parts, ",", value.at)),
    };
    match list {
        Some(items) => Node { used, ..Node::array(items.into_iter().map(text::trimmed).collect(), value.at) },
        None => value,
    }
}

fn is_true(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Bool(true)) || node.as_str() == Some("true")
}
