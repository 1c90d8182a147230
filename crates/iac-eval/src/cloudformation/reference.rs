//! `Ref`, `Fn::GetAtt`, and `Fn::Sub`.

use smol_str::{SmolStr, format_smolstr};

use crate::address::{Address, ResourceName, ResourceRef};
use crate::cloudformation::condition::Truth;
use crate::cloudformation::eval::Variables;
use crate::cloudformation::stack::Stack;
use crate::cloudformation::sub::{Piece, pieces};
use crate::cloudformation::text;
use crate::similar::closest;
use crate::source::Span;
use crate::value::{Entry, Node, NodeKind, Part, Unknown};

/// The pseudo parameters.
const PSEUDO: &[(&str, &str)] = &[
    ("AWS::Region", "the Region of the stack"),
    ("AWS::AccountId", "the ID of the account of the stack"),
    ("AWS::Partition", "the partition of the Region, such as `aws`"),
    ("AWS::URLSuffix", "the suffix of domains in the partition, such as `amazonaws.com`"),
    ("AWS::StackName", "the name of the stack"),
    ("AWS::StackId", "the ARN of the stack"),
    ("AWS::NotificationARNs", "the ARNs of the topics that get the events of the stack"),
];

/// What a pseudo parameter is; `None` for another name.
pub fn pseudo_parameter(name: &str) -> Option<&'static str> {
    if name == "AWS::NoValue" {
        return Some("removes the property");
    }
    PSEUDO.iter().find(|(known, _)| *known == name).map(|(_, what)| *what)
}

/// What a name in a template leads to.
#[derive(Clone, Copy)]
pub(super) enum Use {
    /// `Ref`.
    Reference,
    /// An attribute.
    Attribute,
}

/// The value of a parameter where it is used. An unknown one is written nowhere else.
fn used_at(value: Node, at: Span) -> Node {
    match value.kind {
        NodeKind::Unknown(_) if value.at.is_secret => Node { at, used: None, ..value }.as_secret(),
        NodeKind::Unknown(_) => Node { at, used: None, ..value },
        _ => value.used_at(at),
    }
}

impl Stack<'_> {
    /// The value of `Ref`; `None` for `AWS::NoValue`.
    pub(super) fn reference(&self, name: &Node, at: Span, variables: &Variables) -> Option<Node> {
        let Some(text) = name.as_str() else { return Some(self.expression(at)) };
        if text == "AWS::NoValue" {
            return None;
        }
        Some(self.referenced(text, name.at, at, variables))
    }

    fn referenced(&self, name: &str, name_at: Span, at: Span, variables: &Variables) -> Node {
        if let Some((_, value)) = variables.iter().rev().find(|(variable, _)| variable == name) {
            return value.clone().used_at(at);
        }
        if let Some(value) = self.given.get(name).filter(|_| name.starts_with("AWS::")) {
            return value.clone().used_at(at);
        }
        if pseudo_parameter(name).is_some() {
            return self.assumed_value(Node::unknown(Unknown::Reference(name.into()), at));
        }
        if let Some(value) = self.parameter(name) {
            return used_at(value, at);
        }
        match self.resource_of(name, name_at, Use::Reference) {
            Some((kind, of)) => Node::unknown(Unknown::attribute(of, self.types.reference(&kind)), at),
            None => Node::unknown(self.named(name), at),
        }
    }

    /// The type and the address of a resource that a name leads to; a name that leads to nothing is rejected.
    fn resource_of(&self, name: &str, at: Span, used: Use) -> Option<(SmolStr, ResourceRef)> {
        let Some(resource) = self.resource(name) else {
            if self.leads_nowhere(name) {
                self.reject_name(name, at, used);
            }
            return None;
        };
        self.touch(name);
        if self.exists(&resource.value) == Truth::False {
            let help = format!("refer to `{name}` only under its condition, with `Fn::If`");
            self.reject_absent(name, &resource.value, at, Some(help));
        }
        let kind = SmolStr::from(resource.value.get("Type").and_then(Node::as_str)?);
        Some((kind.clone(), self.address(&kind, name).into()))
    }

    /// Whether the template certainly has no resource with a name. A name with a placeholder is that of a loop.
    pub(super) fn leads_nowhere(&self, name: &str) -> bool {
        let is_certain = !name.contains(['$', '&']) && !self.template.may_be_added(name);
        is_certain && self.template.is_whole("Resources") && self.is_whole() && !self.declares(name)
    }

    /// Whether a name is that of a pseudo parameter.
    pub(super) fn is_pseudo(&self, name: &str) -> bool {
        pseudo_parameter(name).is_some() || (name.starts_with("AWS::") && self.given.contains_key(name))
    }

    pub(super) fn reject_name(&self, name: &str, at: Span, used: Use) {
        self.reject_with(at, || {
            let resources = self.template.logical_ids().map(SmolStr::as_str);
            let parameters = self.template.section("Parameters").iter().map(|entry| entry.key.as_str());
            let (message, near) = match used {
                Use::Reference => (
                    format!("the template has no parameter or resource `{name}`"),
                    closest(name, resources.chain(parameters).chain(PSEUDO.iter().map(|(name, _)| *name))),
                ),
                Use::Attribute => {
                    (format!("the template has no resource `{name}`"), closest(name, resources))
                }
            };
            (message, near.map(|near| format!("did you mean `{near}`?")))
        });
    }

    /// The address of a resource of this stack.
    pub(super) fn address(&self, kind: &str, name: &str) -> Address {
        Address {
            root: self.unit,
            module: self.path.clone(),
            resource: ResourceName::managed(kind, name),
            key: None,
        }
    }

    /// The value of `Fn::GetAtt`, given as a list or as a string.
    pub(super) fn attribute(&self, argument: &Node, at: Span, variables: &Variables) -> Node {
        let (name, attribute) = match (argument.as_str(), argument.as_array()) {
            (Some(text), _) => {
                let (name, attribute) = text.split_once('.').unwrap_or((text, ""));
                (SmolStr::from(name), Some(SmolStr::from(attribute)))
            }
            (None, Some(list)) => {
                let [name, rest @ ..] = list.items.as_slice() else {
                    return self.expression(at);
                };
                let name = self.value(name, variables).unwrap_or_else(|| name.clone());
                let rest: Option<Vec<SmolStr>> = rest
                    .iter()
                    .map(|part| self.value(part, variables)?.as_str().map(SmolStr::from))
                    .collect();
                let Some(name) = name.as_str() else { return self.expression(at) };
                (SmolStr::from(name), rest.map(|rest| rest.join(".").into()))
            }
            _ => return self.expression(at),
        };
        match attribute {
            Some(attribute) => self.attribute_of(&name, &attribute, argument.at, at),
            None => self.expression(at),
        }
    }

    fn attribute_of(&self, name: &str, attribute: &str, name_at: Span, at: Span) -> Node {
        if let Some(output) = attribute.strip_prefix("Outputs.")
            && let Some(child) = self.child(name)
        {
            self.touch(name);
            return match child.output(output) {
                Some(value) => value.used_at(at),
                None => {
                    if child.template.is_whole("Outputs") {
                        let message = format!("the template of `{name}` has no output `{output}`");
                        let all = child.template.section("Outputs").iter().map(|entry| entry.key.as_str());
                        let near = closest(output, all);
                        self.reject(name_at, message, near.map(|near| format!("did you mean `{near}`?")));
                    }
                    self.expression(at)
                }
            };
        }
        if let Some(child) = self.child(name)
            && child.template.member("Outputs", attribute).is_some()
        {
            let message = format!("`AWS::CloudFormation::Stack` has no attribute `{attribute}`");
            self.reject(name_at, message, Some(format!("use `Outputs.{attribute}`")));
        }
        let Some((kind, of)) = self.resource_of(name, name_at, Use::Attribute) else {
            return Node::unknown(self.named(&format!("{name}.{attribute}")), at);
        };
        self.reject_attribute(&kind, attribute, name_at);
        let property = self.types.property_of_attribute(&kind, attribute);
        property
            .and_then(|property| self.property(name, property))
            .map(|value| value.used_at(at))
            .unwrap_or_else(|| {
                Node::unknown(Unknown::attribute(of, self.types.attribute(&kind, attribute)), at)
            })
    }

    /// Reports an attribute that a type does not have.
    pub(super) fn reject_attribute(&self, kind: &str, attribute: &str, at: Span) {
        // The rest of the path of a list, such as `Items.0.Name`, is not compared.
        let start = |name: &str| name.split_once('.').map(|(start, _)| start.to_owned());
        let is_one =
            |name: &&str| *name == attribute || (start(name).is_some() && start(name) == start(attribute));
        if let Some(all) = self.types.attributes(kind)
            && !all.iter().any(is_one)
        {
            let near = closest(attribute, all.iter().copied());
            let help = near.map(|near| format!("did you mean `{near}`?"));
            self.reject(at, format!("`{kind}` has no attribute `{attribute}`"), help);
        }
    }

    /// A property of a resource, by the name of the resource.
    fn property(&self, resource: &str, name: &str) -> Option<Node> {
        let declared = self.resource(resource)?;
        let written = declared.value.get("Properties")?.get(name)?.clone();
        let variables = declared.variables;
        self.value(&written, &variables)
    }

    /// The value of `Fn::Sub`, given as a string, or as a list with a map of further names.
    pub(super) fn sub(&self, argument: &Node, at: Span, variables: &Variables) -> Node {
        let (template, names) = match argument.as_array().map(|list| list.items.as_slice()) {
            Some([template, names]) => (template, names.as_object()),
            Some([template]) => (template, None),
            Some(_) => return self.expression(at),
            None => (argument, None),
        };
        if template.as_object().is_some() {
            return self.expression(at);
        }
        let entries = names.map_or(&[][..], |names| names.entries.as_slice());
        let own = |name: &str, place: Span| -> Option<Node> {
            let entry: &Entry = entries.iter().rev().find(|entry| entry.key == name)?;
            Some(self.value(&entry.value, variables).unwrap_or_else(|| Node::string("", place)))
        };
        let named = |name: &str, place: Span| {
            let found = own(name, place).or_else(|| self.named_in_text(name, place, variables));
            Some(found.unwrap_or_else(|| self.expression(place)))
        };
        let mut value = self.substituted(template, variables, &named);
        // A string that was written elsewhere is not possible here: the place is that of the function.
        if value.as_str().is_none() && !matches!(value.kind, NodeKind::Text(_)) {
            value = value.used_at(at);
        }
        value
    }

    fn named_in_text(&self, name: &str, place: Span, variables: &Variables) -> Option<Node> {
        if name == "AWS::NoValue" {
            return Some(Node::string("", place));
        }
        Some(match name.split_once('.') {
            Some((resource, attribute)) => self.attribute_of(resource, attribute, place, place),
            None => self.referenced(name, place, place, variables),
        })
    }

    /// A string in which placeholders are replaced: by the variables of loops, and by what `named` returns.
    pub(super) fn substituted(
        &self,
        template: &Node,
        variables: &Variables,
        named: &dyn Fn(&str, Span) -> Option<Node>,
    ) -> Node {
        let written = match &template.kind {
            NodeKind::Text(text) => text.parts.clone(),
            NodeKind::String(text) => vec![Part::Known { text: text.clone(), at: self.inner(template) }],
            _ => return template.clone(),
        };
        let mut made = Vec::new();
        for part in written {
            match part {
                Part::Known { text, at } => self.substitute(&text, at, variables, named, &mut made),
                part => made.push(part),
            }
        }
        match text::assembled(made, template.at) {
            // The string itself is written in the template, with its quotes.
            Node { kind: kind @ NodeKind::String(_), .. }
                if template.as_str().is_some_and(|text| !text.contains('$')) =>
            {
                Node { kind, ..template.clone() }
            }
            value => value,
        }
    }

    fn substitute(
        &self,
        text: &str,
        at: Span,
        variables: &Variables,
        named: &dyn Fn(&str, Span) -> Option<Node>,
        made: &mut Vec<Part>,
    ) {
        let is_verbatim = at.range().len() == text.len();
        let place = |range: std::ops::Range<usize>| if is_verbatim { at.slice(range) } else { at };
        for piece in pieces(text) {
            match piece {
                Piece::Literal(literal, range) => {
                    made.extend(text::with_dynamic(literal, place(range)));
                }
                Piece::Escaped(rest, range) => {
                    let at = place(range);
                    made.push(Part::Known { text: "${".into(), at });
                    made.push(Part::Known { text: rest.into(), at });
                }
                Piece::Placeholder(name, range) => {
                    let at = place(range.clone());
                    let variable = name.trim_start_matches("&{").trim_end_matches('}');
                    let looped = variables.iter().rev().find(|(known, _)| known == variable);
                    let value = looped.map(|(_, value)| value.clone()).or_else(|| named(name, at));
                    let parts = value.as_ref().and_then(text::parts).map(|parts| at_use(parts, at));
                    let literal = || vec![Part::Known { text: text[range].into(), at }];
                    let is_list = value.is_some();
                    made.extend(parts.unwrap_or_else(|| {
                        if is_list {
                            vec![Part::Unknown(Unknown::Expression(format_smolstr!("${{{name}}}")), at)]
                        } else {
                            literal()
                        }
                    }));
                }
            }
        }
    }
}

/// Parts with the place of a placeholder for those that are unknown.
fn at_use(parts: Vec<Part>, at: Span) -> Vec<Part> {
    let part = |part: Part| match part {
        Part::Unknown(why, _) => Part::Unknown(why, at),
        part => part,
    };
    parts.into_iter().map(part).collect()
}
