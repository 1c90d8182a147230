//! Names that lead to nothing. CloudFormation refuses them before it evaluates a condition: also in resources, outputs, and branches
//! that never exist.

use crate::cloudformation::condition::Truth;
use crate::cloudformation::reference::Use;
use crate::cloudformation::stack::Stack;
use crate::cloudformation::sub::{Piece, pieces};
use crate::source::Span;
use crate::value::{Entry, More, Node, NodeKind, Part};

impl Stack<'_> {
    /// Reports the names in properties, conditions, and outputs that the template does not declare.
    pub(super) fn reject_undeclared(&self) {
        let template = self.template;
        if !template.is_whole("Resources") || !self.is_whole() {
            return;
        }
        let resources = template.section("Resources").iter();
        let properties = resources.filter_map(|resource| resource.value.get("Properties"));
        let others = ["Conditions", "Outputs"].into_iter().flat_map(|section| template.section(section));
        for node in properties.chain(others.map(|entry| &entry.value)) {
            self.check_names(node, &[]);
        }
    }

    /// Reports references of outputs to resources whose condition is false.
    pub(super) fn reject_absent_in_outputs(&self) {
        let exists = |output: &&Entry| self.exists(&output.value) == Truth::True;
        for output in self.template.section("Outputs").iter().filter(exists) {
            // A condition that only an output uses must not cause another evaluation of the template.
            if let Some(value) = output.value.get("Value").filter(|value| !is_conditional(value)) {
                self.value(value, &[]);
            }
        }
    }

    /// Reports the names in a value. `known`: those that a loop or `Fn::Sub` around it declares.
    fn check_names(&self, node: &Node, known: &[&str]) {
        match &node.kind {
            NodeKind::Array(array) => array.items.iter().for_each(|item| self.check_names(item, known)),
            NodeKind::Object(object) => match object.entries.as_slice() {
                [call] if object.more == More::No => self.check_call(call, known),
                entries => entries.iter().for_each(|entry| self.check_call(entry, known)),
            },
            _ => {}
        }
    }

    fn check_call(&self, call: &Entry, known: &[&str]) {
        let argument = &call.value;
        let items = argument.as_array().map_or(&[][..], |list| list.items.as_slice());
        match (call.key.as_str(), argument.as_str(), items) {
            ("Ref", Some(name), _) => self.check_name(name, argument.at, Use::Reference, known),
            ("Fn::GetAtt", Some(path), _) => {
                let (name, attribute) = path.split_once('.').unwrap_or((path, ""));
                self.check_attribute(name, attribute, argument.at, known);
            }
            ("Fn::GetAtt", None, [name, rest @ ..]) if name.as_str().is_some() => {
                let rest: Option<Vec<&str>> = rest.iter().map(Node::as_str).collect();
                let attribute = rest.unwrap_or_default().join(".");
                self.check_attribute(name.as_str().unwrap_or_default(), &attribute, argument.at, known);
            }
            ("Fn::Sub", _, [template, names]) => {
                self.check_names(names, known);
                let own = names.as_object().into_iter().flat_map(|names| &names.entries);
                let all: Vec<&str> =
                    own.map(|entry| entry.key.as_str()).chain(known.iter().copied()).collect();
                self.check_placeholders(template, &all);
            }
            ("Fn::Sub", _, _) => self.check_placeholders(argument, known),
            // What a macro does with names is unknown.
            ("Fn::Transform", ..) => {}
            (key, _, [variable, rest @ ..]) if key.starts_with("Fn::ForEach::") => {
                let inner: Vec<&str> = variable.as_str().into_iter().chain(known.iter().copied()).collect();
                rest.iter().for_each(|part| self.check_names(part, &inner));
            }
            _ => self.check_names(argument, known),
        }
    }

    fn check_placeholders(&self, template: &Node, known: &[&str]) {
        let parts = match &template.kind {
            NodeKind::Text(text) => text.parts.clone(),
            NodeKind::String(text) => vec![Part::Known { text: text.clone(), at: self.inner(template) }],
            _ => return,
        };
        for part in &parts {
            let Part::Known { text, at } = part else { continue };
            for piece in pieces(text) {
                let Piece::Placeholder(name, range) = piece else { continue };
                if known.contains(&name) {
                    continue;
                }
                let at = if at.range().len() == text.len() { at.slice(range) } else { *at };
                match name.split_once('.') {
                    Some((resource, attribute)) => self.check_attribute(resource, attribute, at, known),
                    None => self.check_name(name, at, Use::Reference, known),
                }
            }
        }
    }

    /// Reports an attribute that leads to nothing; an empty one is not known.
    fn check_attribute(&self, name: &str, attribute: &str, at: Span, known: &[&str]) {
        self.check_name(name, at, Use::Attribute, known);
        let kind =
            self.resource(name).and_then(|resource| resource.value.get("Type")?.as_str().map(str::to_owned));
        if let Some(kind) = kind.filter(|_| !attribute.is_empty() && !attribute.contains(['$', '&'])) {
            self.reject_attribute(&kind, attribute, at);
        }
    }

    fn check_name(&self, name: &str, at: Span, used: Use, known: &[&str]) {
        let is_value = || self.is_pseudo(name) || self.template.member("Parameters", name).is_some();
        let is_declared = matches!(used, Use::Reference) && is_value();
        if !known.contains(&name) && !is_declared && self.leads_nowhere(name) {
            self.reject_name(name, at, used);
        }
    }
}

fn is_conditional(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Array(list) => list.items.iter().any(is_conditional),
        NodeKind::Object(object) => {
            object.entries.iter().any(|entry| entry.key == "Fn::If" || is_conditional(&entry.value))
        }
        _ => false,
    }
}
