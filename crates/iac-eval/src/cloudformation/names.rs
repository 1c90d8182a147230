//! The names in a template, where they are declared and used: for editors, which follow them without evaluating anything.

use smol_str::SmolStr;

use crate::cloudformation::Template;
use crate::cloudformation::sub::{Piece, pieces};
use crate::source::{Sources, Span};
use crate::value::{Entry, Node, NodeKind, Part};

/// What a name in a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A parameter or a resource, which share one namespace.
    Logical,
    /// A condition.
    Condition,
    /// A map.
    Map,
}

/// A place where a name is declared or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What it is.
    pub kind: NameKind,
    /// The name.
    pub text: SmolStr,
    /// Its letters.
    pub at: Span,
    /// What declares it: "parameter of type `Number`"; `None` for a use.
    pub declared: Option<String>,
}

/// All names of a template, in no particular order.
pub fn names(template: &Template, sources: &Sources) -> Vec<Name> {
    let mut found = Collector { sources, names: Vec::new() };
    let sections = [
        ("Parameters", NameKind::Logical),
        ("Resources", NameKind::Logical),
        ("Conditions", NameKind::Condition),
        ("Mappings", NameKind::Map),
    ];
    for (section, kind) in sections {
        for entry in template.section(section).iter().filter(|entry| !entry.key.contains("::")) {
            let at = found.letters(entry.key_at, &entry.key);
            let declared = Some(description(section, entry));
            found.names.extend(at.map(|at| Name { kind, text: entry.key.clone(), at, declared }));
        }
    }
    for section in ["Resources", "Conditions", "Outputs", "Rules"] {
        for entry in template.section(section) {
            for member in ["DependsOn", "Condition"] {
                let kind = if member == "Condition" { NameKind::Condition } else { NameKind::Logical };
                let Some(value) = entry.value.get(member).filter(|_| section != "Conditions") else {
                    continue;
                };
                let one = std::slice::from_ref(value);
                let items = value.as_array().map_or(one, |list| list.items.as_slice());
                items.iter().for_each(|item| found.used(kind, item));
            }
            found.value(&entry.value);
        }
    }
    found.names
}

fn description(section: &str, entry: &Entry) -> String {
    let text = |name: &str| entry.value.get(name).and_then(Node::as_str);
    match (section, text("Type")) {
        ("Parameters", Some(kind)) => match (text("Default"), entry.value.get("NoEcho")) {
            (Some(default), None) => format!("parameter of type `{kind}`, by default `{default}`"),
            _ => format!("parameter of type `{kind}`"),
        },
        ("Resources", Some(kind)) => format!("resource of type `{kind}`"),
        ("Parameters", None) => "parameter".to_owned(),
        ("Resources", None) => "resource".to_owned(),
        ("Conditions", _) => "condition".to_owned(),
        _ => "map".to_owned(),
    }
}

struct Collector<'s> {
    sources: &'s Sources,
    names: Vec<Name>,
}

impl Collector<'_> {
    /// The letters of a text that starts at a place, which may have quotes around it.
    fn letters(&self, at: Span, text: &str) -> Option<Span> {
        let written = self.sources.text(at);
        let start = usize::from(written.starts_with(['"', '\'']));
        (written.get(start..start + text.len()) == Some(text)).then(|| at.slice(start..start + text.len()))
    }

    /// Adds the name that a text starts with.
    fn used(&mut self, kind: NameKind, node: &Node) {
        let Some(text) = node.as_str() else { return };
        let name = text.split('.').next().unwrap_or_default();
        if let Some(at) = self.letters(node.at, name).filter(|_| !name.is_empty()) {
            self.names.push(Name { kind, text: name.into(), at, declared: None });
        }
    }

    fn value(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Array(list) => list.items.iter().for_each(|item| self.value(item)),
            NodeKind::Object(object) => match object.entries.as_slice() {
                [call] => self.call(call),
                entries => entries.iter().for_each(|entry| self.value(&entry.value)),
            },
            _ => {}
        }
    }

    fn call(&mut self, call: &Entry) {
        let argument = &call.value;
        let first = argument.as_array().and_then(|list| list.items.first());
        match call.key.as_str() {
            "Ref" => self.used(NameKind::Logical, argument),
            "Condition" => self.used(NameKind::Condition, argument),
            "Fn::GetAtt" => self.used(NameKind::Logical, first.unwrap_or(argument)),
            "Fn::Sub" => self.placeholders(first.unwrap_or(argument)),
            "Fn::If" => first.into_iter().for_each(|name| self.used(NameKind::Condition, name)),
            "Fn::FindInMap" => first.into_iter().for_each(|name| self.used(NameKind::Map, name)),
            _ => {}
        }
        self.value(argument);
    }

    fn placeholders(&mut self, template: &Node) {
        let parts = match &template.kind {
            NodeKind::Text(text) => text.parts.clone(),
            NodeKind::String(text) => {
                let at = self.letters(template.at, text);
                at.map(|at| Part::Known { text: text.clone(), at }).into_iter().collect()
            }
            _ => return,
        };
        for part in &parts {
            let Part::Known { text, at } = part else { continue };
            // An escape in the text moves what follows it.
            if self.sources.text(*at) != text.as_str() {
                continue;
            }
            for piece in pieces(text) {
                let Piece::Placeholder(path, range) = piece else { continue };
                let name = path.split('.').next().unwrap_or_default();
                let start = range.start + text[range.clone()].find(name).unwrap_or_default();
                let at = at.slice(start..start + name.len());
                self.names.push(Name { kind: NameKind::Logical, text: name.into(), at, declared: None });
            }
        }
    }
}
